"""The log-probabilities of option letters in what a server reports of the answer's first token."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# White space, and the marks that two tokenisers write for it.
_SPACES = " \t\r\n\u0120\u2581"


@dataclass(frozen=True, slots=True)
class OptionLogprobs:
    """`known`: natural logarithm by letter, without the letters that were not listed; none of these is above `bound`.

    `bound` is the smallest log-probability that was listed, None where nothing was.
    """

    known: Mapping[str, float]
    bound: float | None


def option_logprobs(logprobs: Sequence[Mapping[str, Any]] | None, letters: Sequence[str]) -> OptionLogprobs | None:
    """The log-probabilities of `letters`; None where the server reports no token at all.

    `logprobs` holds `{"token", "logprob", "top": {token: logprob}}` a token; the first one counts. A letter is a token
    that is this capital letter and nothing else, white space aside: "A" and " A" are added up, "(A", "**A" and "a" are
    other words.

    >>> option_logprobs([{"token": "B", "logprob": -0.5, "top": {"B": -0.5, "The": -2.0}}], ("A", "B"))
    OptionLogprobs(known={'B': -0.5}, bound=-2.0)
    """
    if not logprobs:
        return None
    first = logprobs[0]
    listed = {**(first.get("top") or {}), first.get("token"): first.get("logprob")}
    numbers = {str(token): float(value) for token, value in listed.items() if token is not None and value is not None}
    values = {token: value for token, value in numbers.items() if math.isfinite(value)}
    if not values:
        return None
    spelled = {
        letter: [value for token, value in values.items() if token.strip(_SPACES) == letter] for letter in letters
    }
    known = {letter: _log_sum(found) for letter, found in spelled.items() if found}
    return OptionLogprobs(known, min(values.values()))


def _log_sum(values: Sequence[float]) -> float:
    """The logarithm of the sum of probabilities, exact for a single one and at most 0."""
    if len(values) == 1:
        return values[0]
    top = max(values)
    return min(0.0, top + math.log(sum(math.exp(value - top) for value in values)))
