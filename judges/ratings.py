"""Human ratings of judged answers: a CSV file, one score a line, and the consensus of the raters."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from judges.axes import AXES
from judges.errors import JudgeInputError

COLUMNS = ("id", "axis", "rater", "score")
CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class Rating:
    """One rater's score, 0 to 2, of one axis of one answer."""

    id: str
    axis: str
    rater: str
    score: int


def read_ratings(path: Path) -> list[Rating]:
    """The ratings of a CSV file with the columns id, axis, rater and score; others are ignored.

    Raises `JudgeInputError` naming file and line for a missing column, an unknown axis, a score that is not 0, 1 or 2,
    a rater who scored the same axis twice, and an empty file.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
            if missing:
                raise JudgeInputError(
                    f"{path}: expected the columns {', '.join(COLUMNS)}, missing {', '.join(missing)}"
                )
            ratings = [_rating(path, reader.line_num, line) for line in reader]
    except (OSError, UnicodeDecodeError) as error:
        raise JudgeInputError(f"{path}: expected a CSV file of ratings in UTF-8, got {error}") from error
    _check(path, ratings)
    return ratings


def consensus(ratings: Sequence[Rating]) -> dict[tuple[str, str], int]:
    """The agreed score by (id, axis).

    The line of the rater named "consensus" counts where there is one (the paper's experts discuss until they agree);
    else the score that more than half of the raters gave. Where no score has a majority, there is no consensus.
    """
    by_case: dict[tuple[str, str], list[Rating]] = {}
    for rating in ratings:
        by_case.setdefault((rating.id, rating.axis), []).append(rating)
    agreed = {case: _agreed(given) for case, given in by_case.items()}
    return {case: score for case, score in agreed.items() if score is not None}


def rater_table(ratings: Sequence[Rating], axis: str) -> list[list[float | None]]:
    """One row a rater (without the consensus), one column a case of the axis; None where a rater gave no score."""
    scores = {(rating.rater, rating.id): rating.score for rating in ratings if rating.axis == axis}
    raters = sorted({rater for rater, _ in scores} - {CONSENSUS})
    cases = sorted({case for _, case in scores})
    return [[scores.get((rater, case)) for case in cases] for rater in raters]


def _agreed(given: Sequence[Rating]) -> int | None:
    for rating in given:
        if rating.rater == CONSENSUS:
            return rating.score
    score, votes = Counter(rating.score for rating in given).most_common(1)[0]
    return score if votes * 2 > len(given) else None


def _rating(path: Path, line: int, cells: dict[str, str | None]) -> Rating:
    axis = (cells["axis"] or "").strip()
    score = (cells["score"] or "").strip()
    if axis not in AXES:
        raise JudgeInputError(f"{path}, line {line}: expected an axis out of {', '.join(AXES)}, got {axis!r}")
    if score not in {"0", "1", "2"}:
        raise JudgeInputError(f"{path}, line {line}: expected a score of 0, 1 or 2, got {score!r}")
    return Rating((cells["id"] or "").strip(), axis, (cells["rater"] or "").strip(), int(score))


def _check(path: Path, ratings: Sequence[Rating]) -> None:
    if not ratings:
        raise JudgeInputError(f"{path}: expected at least one rating, got none")
    twice = [case for case, n in Counter((one.id, one.axis, one.rater) for one in ratings).items() if n > 1]
    if twice:
        case, axis, rater = twice[0]
        raise JudgeInputError(f"{path}: rater {rater!r} scored {axis} of {case!r} more than once; keep one line")
