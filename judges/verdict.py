"""Reading a judge's reply: a score where the reply states exactly one, and a named reason where it does not.

Strict on purpose. A reply that is misread moves a mean without a trace; one that is not read is asked again. Accepted
are a JSON object with `score`, a labelled score ("Score: 2", "**Score:** 2", "score = 1", "Score: [1]"), a fraction of
the scale's maximum ("2/2", "2 out of 2") and a bare number. Every score that the reply states must be the same.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from judges.axes import MAX_SCORE
from judges.refusal import is_refusal

State = Literal["scored", "unreadable", "refusal"]

_THOUGHT = re.compile(r"^\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_OPEN_THOUGHT = re.compile(r"^\s*<think(?:ing)?>", re.IGNORECASE)
_CODE_BLOCK = re.compile(r"^```[A-Za-z]*\s*\n?(.*?)\n?\s*```$", re.DOTALL)
_MARKUP = re.compile(r"[*`\"'“”‘’$\u200b-\u200f\ufeff]|\\boxed|\b__|__\b")
_FULL_WIDTH = {
    ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９：＝／－．", "0123456789:=/-.", strict=True)
}
_NUMBER = r"[-+−–]?[0-9]+(?:[.,][0-9]+)?"
_LABELLED = re.compile(
    rf"(?<![\w-])(?:score|rating|grade)\s*(?:[:=]|\bis\b)\s*[\[({{]?\s*(?P<value>{_NUMBER})(?=(?P<tail>[^\n]{{0,80}}))",
    re.IGNORECASE,
)
_BARE = re.compile(rf"[\[({{]?\s*(?P<value>{_NUMBER})(?P<tail>[^\n]*)")
_BARE_END = re.compile(r"\s*(?:(?:/|out of)\s*[0-9]+)?\s*[\])}.]*\s*")
_FRACTION = re.compile(r"^\s*[\])}]?\s*(?:/|\bout of\b|\bof\b)\s*(?P<scale>[0-9]+(?:[.,/][0-9]+)*)", re.IGNORECASE)
_LARGEST = 1_000_000
_RANGE = re.compile(r"^\s*[\])}]?\s*(?:[-–—−~|,]|\bto\b|\bor\b|\band\b)\s*[0-9]", re.IGNORECASE)
_GLUED = re.compile(r"^(?:[.,]?[0-9]|[%+\w]|[-–—−](?:\s|$))")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply says: `score` is set only when `state` is "scored"; `rule` names the form found or the reason."""

    score: int | None
    state: State
    rule: str


class _UnclearError(ValueError):
    """A stated score that cannot be taken; the message is the rule."""


def read_verdict(text: str, allowed: Sequence[int] = (0, 1, 2)) -> Reading:
    """The score that the reply states, one of `allowed`, or the reason why there is none.

    Reasons: "empty", "unclosed_reasoning", "no_score", "several_scores", "range", "not_integer", "scale",
    "out_of_range", "json". Whole numbers may be written 2.0. A leading closed <think> block is not part of the reply.

    >>> read_verdict("**Score:** 2").score
    2
    >>> read_verdict("Score: 1-2")
    Reading(score=None, state='unreadable', rule='range')
    """
    reply = _THOUGHT.sub("", text).strip()
    if not reply:
        return Reading(None, "unreadable", "empty")
    if _OPEN_THOUGHT.match(reply):
        return Reading(None, "unreadable", "unclosed_reasoning")
    try:
        score, rule = _stated(reply, allowed)
    except _UnclearError as reason:
        return Reading(None, "unreadable", str(reason))
    if score is None:
        return Reading(None, "refusal", "refusal") if is_refusal(reply) else Reading(None, "unreadable", "no_score")
    return Reading(score, "scored", rule)


def _stated(reply: str, allowed: Sequence[int]) -> tuple[int | None, str]:
    """The one score of the reply and the form that it has; None when the reply states no score at all."""
    block = _CODE_BLOCK.match(reply)
    content = (block.group(1) if block else reply).strip()
    if content.startswith("{") and content.endswith("}"):
        pairs = _json_pairs(content)
        if pairs is not None:
            return _from_json(pairs, allowed), "json"
    plain = _MARKUP.sub("", content.translate(_FULL_WIDTH)).replace("\xa0", " ").strip()
    labelled = [_value(match, allowed) for match in _LABELLED.finditer(plain)]
    if labelled:
        if len(set(labelled)) > 1:
            raise _UnclearError("several_scores")
        return labelled[0], "labelled"
    bare = _BARE.fullmatch(plain)
    if bare is None:
        return None, "no_score"
    score = _value(bare, allowed)
    if _BARE_END.fullmatch(bare.group("tail")) is None:
        return None, "no_score"
    return score, "fraction" if _FRACTION.match(bare.group("tail")) else "bare"


def _value(match: re.Match[str], allowed: Sequence[int]) -> int:
    """The whole number of a match, after a look at what follows it."""
    tail = match.group("tail")
    if _RANGE.match(tail):
        raise _UnclearError("range")
    fraction = _FRACTION.match(tail)
    if fraction and fraction.group("scale") != str(MAX_SCORE):
        raise _UnclearError("range" if "/" in fraction.group("scale") else "scale")
    if _GLUED.match(tail):
        raise _UnclearError("not_integer")
    return _checked(match.group("value").replace(",", ".").replace("−", "-").replace("–", "-"), allowed)


def _checked(number: str, allowed: Sequence[int]) -> int:
    value = float(number)
    if not math.isfinite(value) or abs(value) > _LARGEST:
        raise _UnclearError("out_of_range")
    if value != int(value):
        raise _UnclearError("not_integer")
    if int(value) not in allowed:
        raise _UnclearError("out_of_range")
    return int(value)


def _json_pairs(content: str) -> list[tuple[str, Any]] | None:
    """The members of a JSON object in order, doubled keys kept; None when the text is no JSON."""
    try:
        pairs: list[tuple[str, Any]] = json.loads(content, object_pairs_hook=list)
    except (ValueError, RecursionError):
        return None
    return pairs


def _from_json(pairs: list[tuple[str, Any]], allowed: Sequence[int]) -> int:
    stated = [value for key, value in pairs if key.strip().lower() == "score"]
    if not stated:
        raise _UnclearError("json")
    if any(value != stated[0] for value in stated):
        raise _UnclearError("several_scores")
    return _json_number(stated[0], allowed)


def _json_number(value: Any, allowed: Sequence[int]) -> int:
    """A number, or digits in quotes; true, null and lists are none."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    is_digits = isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]+(?:\.[0-9]+)?\s*", value) is not None
    if not (is_number or is_digits):
        raise _UnclearError("not_integer")
    return _checked(str(value), allowed)
