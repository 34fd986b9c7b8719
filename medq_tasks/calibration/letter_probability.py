"""The probability that a server reports for the option letter it answered with."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

_AROUND = " \t\n().:*\"'`\u0120\u2581"  # with the word-start marks of two tokenisers


def letter_probability(logprobs: Sequence[Mapping[str, Any]], letter: str) -> float | None:
    """The probability in [0, 1] of `letter` where it was said: the last token that is this letter and nothing else.

    `logprobs` holds `{"token", "logprob", "top": {token: logprob}}` a token. Spellings of the letter in `top` ("B",
    " B") are added up. What the server does not list stays unknown and is not shared out among the options. None where
    no token is the letter alone, or it has no log-probability.

    >>> round(letter_probability([{"token": "B", "logprob": -0.2231, "top": {" B": -2.3026}}], "B"), 3)
    0.9
    """
    said = [entry for entry in logprobs if _bare(entry.get("token")) == letter]
    if not said or said[-1].get("logprob") is None:
        return None
    known = {**(said[-1].get("top") or {}), said[-1]["token"]: said[-1]["logprob"]}
    total = sum(math.exp(value) for token, value in known.items() if value is not None and _bare(token) == letter)
    return min(1.0, total)


def _bare(token: object) -> str:
    return str(token or "").strip(_AROUND)
