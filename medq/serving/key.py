"""The key between medq and the server that it starts: random, in the environment alone, gone with the process."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping

from medq.machine import number_gpus
from medq.serving.port import HOST

# `redact` knows it by its name.
KEY_ENV = "MEDQ_SERVER_API_KEY"
_KEY_BYTES = 32
_NO_PROXY = ("NO_PROXY", "no_proxy")


def make_key() -> None:
    """Puts a key into this process's environment, where the calls to its servers find it; one for the process."""
    if not os.environ.get(KEY_ENV):
        os.environ[KEY_ENV] = secrets.token_urlsafe(_KEY_BYTES)


def server_environment() -> Mapping[str, str]:
    """The environment of the server: this one, with the key under vLLM's name too, and its usage statistics off.

    GPUs stand in it by number.
    """
    quiet = {"VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"}
    environment = {**quiet, **os.environ, "VLLM_API_KEY": os.environ[KEY_ENV]}
    number_gpus(environment)
    return environment


def keep_loopback_direct() -> None:
    """Takes loopback out of a proxy's hands: clients would otherwise ask the proxy for this machine's own server."""
    for name in _NO_PROXY:
        hosts = [host for host in os.environ.get(name, "").split(",") if host.strip()]
        if HOST not in hosts:
            os.environ[name] = ",".join([*hosts, HOST])
