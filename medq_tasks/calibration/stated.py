"""The confidence that a model states in words beside its answer."""

from __future__ import annotations

import re

_STATED = re.compile(
    r"^[\s*_>-]*confidence[\s*_]*[:=][\s*_]*(\d{1,3}(?:\.\d+)?)\s*(?:%|percent|per cent)[\s.*_]*$",
    re.IGNORECASE | re.MULTILINE,
)


def stated_confidence(response: str) -> float | None:
    """The stated confidence in [0, 1]; None unless there is exactly one line `Confidence: N%` with N from 0 to 100.

    Strict on purpose: a number that is guessed at would be a measurement of the reader.

    >>> [stated_confidence(text) for text in ("B\\nConfidence: 85%", "B, I am 85% sure", "Confidence: 850%")]
    [0.85, None, None]
    """
    found = _STATED.findall(response)
    if len(found) != 1 or float(found[0]) > 100:
        return None
    return float(found[0]) / 100


def without_confidence(response: str) -> str:
    """The response without its confidence line, for the reader of answers.

    >>> without_confidence("B\\nConfidence: 85%")
    'B'
    """
    return _STATED.sub("", response).strip()
