"""What an error means: table-driven, from the status and words that the provider sent, not from a library's guess.

Client libraries mislabel errors: LiteLLM 1.106 gives out 413 as a rate limit, 401 as a bad request and a reset
connection as HTTP 500; the aiohttp transport of httpx gives out a reset as a connect timeout.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from medq.calling.call import Fault
from medq.secrets import redact

MESSAGE_CHARS = 400

# status: (kind, permanent, what to do next)
_STATUSES: Mapping[int, tuple[str, bool, str]] = {
    400: ("request", True, "correct the parameter that it names"),
    401: ("credential", True, "check the API key"),
    402: ("credential", True, "check the account's credit"),
    403: ("credential", True, "check what the API key may use"),
    404: ("not_found", True, "check model.id and model.api_base"),
    405: ("request", True, "check model.api_base"),
    408: ("timeout", False, "run again to continue"),
    409: ("server", False, "run again to continue"),
    413: ("request", True, "send a smaller image"),
    415: ("request", True, "check the image's format"),
    422: ("request", True, "correct the parameter that it names"),
    425: ("server", False, "run again to continue"),
    429: ("rate_limit", False, "lower model.concurrency or run again later"),
}
# The words decide where a status alone would mislead: (pattern, statuses, kind, permanent, what to do next)
_WORDS: tuple[tuple[re.Pattern[str], frozenset[int], str, bool, str], ...] = (
    (
        re.compile(r"insufficient_quota|exceeded your current quota|billing|credit balance", re.IGNORECASE),
        frozenset({400, 403, 429}),
        "credential",
        True,
        "check the account's credit",
    ),
    (
        re.compile(r"invalid_api_key|incorrect api key|api key not valid|api_key_invalid|invalid.{0,8}api.?key", re.I),
        frozenset({400, 401, 403}),
        "credential",
        True,
        "check the API key",
    ),
    (
        re.compile(r"model_not_found|model .{0,80}(does not exist|not found)|is not a valid model", re.IGNORECASE),
        frozenset({400, 403, 404}),
        "not_found",
        True,
        "check model.id",
    ),
)
_FILTERED = re.compile(
    r"content_filter|content_policy|content filtering policy|content management policy|responsible.?ai.?policy",
    re.IGNORECASE,
)


def fault_from_status(status: int, text: str, headers: Mapping[str, str] | None = None) -> Fault:
    """The fault behind an HTTP answer of `status` with body or message `text`."""
    kind, permanent, advice = _STATUSES.get(status) or (
        ("server", False, "run again to continue") if status >= 500 else ("request", True, "check the request")
    )
    for pattern, statuses, *meaning in _WORDS:
        if status in statuses and pattern.search(text):
            kind, permanent, advice = str(meaning[0]), bool(meaning[1]), str(meaning[2])
            break
    return Fault(
        kind=kind,
        message=f"the provider answered HTTP {status}: {one_line(_said(text)) or 'no message'}; {advice}",
        permanent=permanent,
        status=status,
        retry_after_s=retry_after_s(headers or {}),
    )


def protocol_fault(text: str, *, status: int | None = 200) -> Fault:
    """An answer that is not what the protocol promises; worth another attempt."""
    return Fault(kind="protocol", message=f"expected a chat completion, got {one_line(text)}", status=status)


def is_filtered(status: int, text: str) -> bool:
    """Whether an error says that the provider's filter stopped the call: a refusal of the service, not a failure."""
    return status in (400, 403) and _FILTERED.search(text) is not None


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds that the headers ask to wait (`retry-after-ms`, `retry-after` in seconds or as a date), at least 0.

    >>> retry_after_s({"retry-after": "3"})
    3.0
    """
    lower = {name.lower(): value for name, value in headers.items()}
    try:
        if "retry-after-ms" in lower:
            return max(0.0, float(lower["retry-after-ms"]) / 1000)
        if "retry-after" not in lower:
            return None
        return max(0.0, float(lower["retry-after"]))
    except ValueError:
        return _seconds_until(lower.get("retry-after", ""))


def one_line(text: str) -> str:
    """`text` without credentials and line breaks, cut to `MESSAGE_CHARS`."""
    line = " ".join(redact(text).split())
    return line if len(line) <= MESSAGE_CHARS else line[:MESSAGE_CHARS] + "..."


def _said(text: str) -> str:
    """The message inside a provider's JSON error; the text itself when it is none."""
    try:
        body = json.loads(text)
    except ValueError:
        return text
    inner = body.get("error", body) if isinstance(body, dict) else body
    said = inner.get("message") if isinstance(inner, dict) else inner
    return said if isinstance(said, str) and said else text


def _seconds_until(date: str) -> float | None:
    try:
        when = parsedate_to_datetime(date)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
