"""Position bias of a comparison: what changes when the two images are shown in the other order.

The second pass asks the evaluated model with its images exchanged. Its answers are judged against the reference with
the names of the images exchanged (`exchange_names`), and its conclusions are compared with those of the first pass.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from judges.record import RowJudgement
from judges.rules.images import image_names
from judges.rules.preference import Conclusion, read_preference

_EXCHANGED = {
    "first": "second", "1st": "2nd", "left": "right", "left-hand": "right-hand", "leftmost": "rightmost",
    "former": "latter", "one": "two", "1": "2", "a": "b",
}  # fmt: skip
_BOTH_WAYS = _EXCHANGED | {other: one for one, other in _EXCHANGED.items()}
_NAME_WORD = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(_BOTH_WAYS, key=len, reverse=True)) + r")(?![\w-])", re.IGNORECASE
)
_MIRROR: dict[Conclusion, Conclusion] = {"first": "second", "second": "first", "equal": "equal"}


@dataclass(frozen=True, slots=True)
class PositionBias:
    """Conclusions of both passes over the rows in which both can be read.

    `inconsistent` is the share whose conclusion does not follow the images (0 is best); `first_preference` the share of
    "first" among all conclusions that prefer an image (0.5 is unbiased). `judged_differently` is the share of rows with
    another quality accuracy in the second pass, over the `n_judged` rows that the judge scored in both.
    """

    n: int
    n_unread: int
    inconsistent: float | None
    first_preference: float | None
    n_judged: int
    judged_differently: float | None


def exchange_names(text: str) -> str:
    """The text with the names of the first and the second image exchanged, all else untouched.

    >>> exchange_names("The first image is sharper than the second; the left ventricle is visible.")
    'The second image is sharper than the first; the left ventricle is visible.'
    """
    parts = []
    end = 0
    for name in image_names(text):
        parts += [text[end : name.start], _NAME_WORD.sub(_exchanged, text[name.start : name.end], count=1)]
        end = name.end
    return "".join([*parts, text[end:]])


def position_bias(
    first_pass: Mapping[str, str],
    second_pass: Mapping[str, str],
    *,
    judged_first: Sequence[RowJudgement] = (),
    judged_second: Sequence[RowJudgement] = (),
) -> PositionBias:
    """The bias from the answers by row id of both passes, and, where given, from the judge's scores of both."""
    read = [
        (read_preference(answer).conclusion, read_preference(second_pass[row]).conclusion)
        for row, answer in first_pass.items()
        if row in second_pass
    ]
    both = [(one, other) for one, other in read if one is not None and other is not None]
    preferring = [conclusion for pair in both for conclusion in pair if conclusion != "equal"]
    scores = _accuracies(judged_first), _accuracies(judged_second)
    judged = [(scores[0][row], scores[1][row]) for row in scores[0] if row in scores[1]]
    return PositionBias(
        n=len(both),
        n_unread=len(read) - len(both),
        inconsistent=_share([other != _MIRROR[one] for one, other in both]),
        first_preference=_share([conclusion == "first" for conclusion in preferring]),
        n_judged=len(judged),
        judged_differently=_share([one != other for one, other in judged]),
    )


def _exchanged(match: re.Match[str]) -> str:
    word = match.group(1)
    other = _BOTH_WAYS[word.lower()]
    return other.upper() if word.isupper() else other.capitalize() if word[0].isupper() else other


def _accuracies(rows: Sequence[RowJudgement]) -> dict[tuple[str, int], float]:
    scores = {
        (row.id, row.sample): row.axes["quality_accuracy"].score for row in rows if "quality_accuracy" in row.axes
    }
    return {row: score for row, score in scores.items() if score is not None}


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None
