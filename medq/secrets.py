"""Credentials: read from the environment here alone, and taken out of every text that leaves the program.

A credential is the value of an environment variable whose name says so (`OPENAI_API_KEY`, `AWS_SECRET_ACCESS_KEY`,
`HF_TOKEN`) or that the configuration names (`model.api_key_env`). Configurations, manifests and logs hold such names
only, never values.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import re
import urllib.parse
from collections.abc import Iterator, Mapping
from typing import Any

MASK = "[secret]"
# Shorter values would blot out ordinary words; no provider issues credentials this short.
MIN_CHARS = 8

_NAME = re.compile(r"KEY|TOKEN|SECRET|PASSW|CREDENTIAL|AUTH", re.IGNORECASE)
# Variables that match _NAME and hold a path, a switch or a number.
_NO_SECRET = re.compile(
    r"_(FILE|PATH|SOCK|DIR|MODE|ID|PARALLELISM|MAX_TOKENS|KEYRING)$|^(SSH_AUTH_SOCK|KEYBOARD)", re.IGNORECASE
)
# Credentials that are none of ours: in headers, in addresses, and by the shape that providers give them.
_SHAPES = (
    re.compile(r"(?i)(?<=\bbearer )[\w.~+/=-]{6,}"),
    re.compile(r"(?<=\bBasic )(?=[A-Za-z+/]*[0-9=])[A-Za-z0-9+/=]{8,}"),
    re.compile(r"(?i)(?<=[?&]key=)[^&\s\"']+"),
    re.compile(r"(?i)(?<=api_key=)[^&\s\"']+|(?<=api-key=)[^&\s\"']+|(?<=token=)[^&\s\"']{6,}"),
    re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"),
    re.compile(r"\b(?:sk|xai|gsk|hf|r8|pk|rk)[-_](?=[\w-]*\d)[\w-]{16,}"),
    re.compile(r"\bAIza[\w-]{30,}"),
    re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
)
_named: set[str] = set()


def credential(name: str) -> str | None:
    """The value of environment variable `name`, None when unset or blank; `redact` knows it from then on."""
    _named.add(name)
    return os.environ.get(name, "").strip() or None


def redact(text: str) -> str:
    """`text` with every credential replaced by `[secret]`, whether plain, escaped, percent-encoded or in base64.

    >>> redact("GET https://user:hunter22@host/v1")
    'GET https://[secret]@host/v1'
    """
    text = mask_known(text)
    for shape in _SHAPES:
        text = shape.sub(MASK, text)
    return text


def mask_known(text: str) -> str:
    """`text` without this machine's own credentials, and otherwise as it is: for what a model said."""
    for value in _values():
        if value in text:
            text = text.replace(value, MASK)
    return text


def redact_data(data: Any) -> Any:
    """JSON-like data with every string, keys included, redacted; for manifests, journals and logged configurations."""
    if isinstance(data, str):
        return redact(data)
    if isinstance(data, Mapping):
        return {redact(key) if isinstance(key, str) else key: redact_data(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [redact_data(value) for value in data]
    return data


class RedactSecrets(logging.Filter):
    """Takes credentials out of log records; add it to every handler."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record's message, arguments and traceback are rewritten."""
        record.msg = redact(record.getMessage())
        record.args = ()
        if record.exc_info:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
        return True


def _values() -> Iterator[str]:
    """Every form of every credential, longest first, so that no part of one is left behind."""
    plain = {
        value.strip()
        for name, value in os.environ.items()
        if name in _named or (_NAME.search(name) and not _NO_SECRET.search(name))
    }
    forms: set[str] = set()
    for value in plain:
        if len(value) < MIN_CHARS:
            continue
        forms |= {
            value,
            urllib.parse.quote(value, safe=""),
            json.dumps(value)[1:-1],
            base64.b64encode(value.encode()).decode(),
        }
    yield from sorted(forms, key=len, reverse=True)
