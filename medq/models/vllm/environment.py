"""The environment that vLLM finds when it is loaded into this process."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

from medq.machine import number_gpus

# What the user has set stays. Its processes are started afresh: threads of this one would not survive a fork.
DEFAULTS = {
    "VLLM_NO_USAGE_STATS": "1",
    "DO_NOT_TRACK": "1",
    "VLLM_WORKER_MULTIPROC_METHOD": "spawn",
    "VLLM_LOGGING_LEVEL": "WARNING",
}


def prepare_environment(environment: MutableMapping[str, str] = os.environ) -> None:
    """Sets what vLLM reads, in this process alone: no usage statistics, few lines of log, GPUs by number."""
    for name, value in DEFAULTS.items():
        environment.setdefault(name, value)
    number_gpus(environment)
