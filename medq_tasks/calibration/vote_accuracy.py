"""How right the votes on one question are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from medq_tasks.calibration.voted import Aggregate


def vote_accuracy(letters: Sequence[str | None], answer: str, *, aggregate: Aggregate = "mean") -> float | None:
    """The accuracy of one question in [0, 1]; None without a vote.

    `mean`: the share of votes for `answer`, an unreadable vote (None) being wrong. `majority`: 1 where `answer` has the
    most votes among those that were read, 1/m where it ties with m − 1 others (the expectation of a random choice
    among them), else 0.

    >>> vote_accuracy(["A", "A", None], "A"), vote_accuracy("AB", "A", aggregate="majority")
    (0.6666666666666666, 0.5)
    """
    if not letters:
        return None
    if aggregate == "mean":
        return sum(letter == answer for letter in letters) / len(letters)
    winners = most_frequent(letters)
    return 1 / len(winners) if answer in winners else 0.0


def majority_right(letters: Sequence[str | None], answer: str) -> bool:
    """Whether `answer` alone has the most votes; what McNemar's test counts. A tie is not right."""
    return most_frequent(letters) == [answer]


def most_frequent(letters: Sequence[str | None]) -> list[str]:
    """The letters with the most votes, empty where none was read."""
    counts = Counter(letter for letter in letters if letter is not None)
    most = max(counts.values(), default=0)
    return sorted(letter for letter, count in counts.items() if count == most)
