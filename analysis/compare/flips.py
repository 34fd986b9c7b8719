"""The items whose outcome changed from one run to the other, and whether the answer or only its reading changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.compare.pairs import Pair
from analysis.compare.values import metrics_of, pair_values
from medq.records import Sample


@dataclass(frozen=True, slots=True)
class Flip:
    """One item: its value in both runs on the headline metric of its task, what was read, and why it may have changed.

    `cause` is "same response, other reading" (parser, scoring or judge), "failed in one run" or "other response".
    """

    task: str
    id: str
    modality: str | None
    question_type: str | None
    answer: str | None
    first: str
    second: str
    first_value: float | None
    second_value: float | None
    cause: str


def find_flips(pairs: Sequence[Pair]) -> tuple[Flip, ...]:
    """Every shared item whose value differs, a missing value included: losses first, then gains, then the rest."""
    found = [flip for pair in pairs if (flip := _flip(pair)) is not None]
    return tuple(sorted(found, key=_direction))


def _flip(pair: Pair) -> Flip | None:
    metrics = metrics_of([*pair.first, *pair.second])
    metric = "overall" if "overall" in metrics else next(iter(metrics), "accuracy")
    one, other = pair_values(pair, metric)
    if one == other:
        return None
    row = pair.first[0]
    return Flip(
        pair.task, pair.id, row.modality, row.question_type, row.answer, _outcome(pair.first), _outcome(pair.second),
        one, other, _cause(pair, one, other),
    )  # fmt: skip


def _outcome(rows: Sequence[Sample]) -> str:
    said = [row.prediction or (f"{row.state}: {row.rule}" if row.state == "unscored" else _judged(row)) for row in rows]
    return said[0] if len(said) == 1 else ", ".join(f"{votes} {one}" for one, votes in Counter(said).most_common())


def _judged(row: Sample) -> str:
    if row.state == "error" or not row.judge:
        return row.state
    return "/".join("-" if verdict.score is None else f"{verdict.score:g}" for verdict in row.judge.values())


def _cause(pair: Pair, one: float | None, other: float | None) -> str:
    if one is None or other is None:
        return "no value in one run"
    same = [row.response for row in pair.first] == [row.response for row in pair.second]
    return "same response, other reading" if same else "other response"


def _direction(flip: Flip) -> tuple[int, str, str]:
    if flip.first_value is None or flip.second_value is None:
        return 2, flip.task, flip.id
    return int(flip.second_value > flip.first_value), flip.task, flip.id
