"""Rows for the sample browser, made small: 3,000 of them have to fit into a page that opens at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from medq.records import Sample

TEXT_BYTES = 1_250_000  # of all responses, judge texts and references together
CAPS = (20_000, 8_000, 4_000, 2_000, 1_000, 500)  # characters of one text, the longest that fits is taken
LONG = frozenset({"images", "prompt", "question", "options", "response", "reference", "judge"})
SHORT = tuple(name for name in Sample.model_fields if name not in LONG)


def commonest(samples: Sequence[Sample]) -> dict[str, Any]:
    """For each short field the value that most rows have; fields that are mostly None are left out."""
    counts = {name: Counter(getattr(sample, name) for sample in samples) for name in SHORT}
    found = {name: counter.most_common(1)[0][0] for name, counter in counts.items() if counter}
    return {name: value for name, value in found.items() if value is not None}


def shared_beginning(texts: Sequence[str]) -> str:
    """The longest text that all of them begin with: of all texts, the first and the last in order differ most.

    >>> shared_beginning(["Look: a", "Look: b"])
    'Look: '
    """
    first, last = min(texts, default=""), max(texts, default="")
    differ = (place for place, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    return first[: next(differ, min(len(first), len(last)))]


def text_cap(samples: Iterable[Sample]) -> int:
    """How many characters of a long text fit so that all of them stay near `TEXT_BYTES`; never less than 500."""
    lengths = [len(text) for sample in samples for text in _long_texts(sample)]
    return next((cap for cap in CAPS if sum(min(length, cap) for length in lengths) <= TEXT_BYTES), CAPS[-1])


def browser_row(sample: Sample, *, defaults: dict[str, Any], stem: str, cap: int) -> dict[str, Any]:
    """The row without what equals `defaults`, without the beginning `stem` of its prompt, long texts cut at `cap`.

    The question is given as its place [from, to) in the whole prompt where it stands there literally.
    """
    row = {name: value for name in SHORT if (value := getattr(sample, name)) != defaults.get(name)}
    row |= {name: _cut(text, cap) for name in ("response", "reference") if (text := getattr(sample, name)) is not None}
    if sample.judge:
        row["judge"] = {
            axis: {"score": verdict.score, "state": verdict.state, "raw": _cut(verdict.raw or "", cap)}
            for axis, verdict in sample.judge.items()
        }
    place = sample.prompt.find(sample.question) if sample.prompt.isascii() else -1  # the page counts in UTF-16 units
    question = [place, place + len(sample.question)] if place >= 0 else sample.question
    return row | {"prompt": sample.prompt[len(stem) :], "question": question}


def _long_texts(sample: Sample) -> Iterable[str]:
    yield from (text for text in (sample.response, sample.reference) if text)
    for verdict in (sample.judge or {}).values():
        yield verdict.raw or ""


def _cut(text: str, cap: int) -> str | list[str | int]:
    """The text, or its beginning with the number of characters that were left out."""
    return text if len(text) <= cap else [text[:cap], len(text) - cap]
