"""Texts that other frameworks store in place of an answer when the call failed: they are no answers at all."""

from __future__ import annotations

import re

_OUTAGE = re.compile(
    r"""\s*(?:
        Failed\ to\ obtain\ answer(?:\ via\ API)?     # VLMEvalKit
      | \[?LMMS_EVAL_(?:REQUEST_FAILED|BUDGET_EXCEEDED)\b
      | Error:\ can\ only\ concatenate\ str           # lmms-eval, async_openai, on an empty message
    )""",
    re.VERBOSE | re.IGNORECASE,
)


def is_outage(response: str) -> bool:
    """Whether `response` is the failure text of VLMEvalKit or lmms-eval, so that the item counts as an error.

    >>> is_outage("[LMMS_EVAL_REQUEST_FAILED after 5 retries] 429"), is_outage("B")
    (True, False)
    """
    return _OUTAGE.match(response) is not None
