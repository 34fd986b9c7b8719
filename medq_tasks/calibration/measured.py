"""What one voted question is worth: accuracy, confidence, and their difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from medq_tasks.calibration.vote_accuracy import majority_right, vote_accuracy
from medq_tasks.calibration.vote_confidence import vote_confidence
from medq_tasks.calibration.voted import VotedItem, VoteRules
from medq_tasks.scoring.scored import State


@dataclass(frozen=True, slots=True)
class Measured:
    """A question's numbers.

    `accuracy` in [0, 1] over the votes that came, None where every call failed; `worst` and `best` with every
    unreadable and failed vote counted as wrong and as right. `state` is "unscored" where votes came and none could be
    read. `confidence` in [0, 1] is None unless `confidence_state` is "scored": a question with a failed call has
    none ("error"), because fewer votes look more certain. `right` is McNemar's view: the answer alone has most votes.
    """

    state: State
    accuracy: float | None
    worst: float
    best: float
    confidence_state: State
    confidence: float | None
    right: bool
    cluster: str
    source_item: str
    axes: Mapping[str, str | None]

    @property
    def shift(self) -> float | None:
        """Confidence minus accuracy, in [−1, 1]; > 0 is over-confident. None where either is."""
        return None if self.confidence is None or self.accuracy is None else self.confidence - self.accuracy


def measured(item: VotedItem, rules: VoteRules) -> Measured:
    """The question's numbers by the rules."""
    came = [vote for vote in item.votes if vote.state != "error"]
    letters = [vote.letter if vote.state == "scored" else None for vote in came]
    right, every = sum(letter == item.answer for letter in letters), max(1, len(item.votes))
    readable = sum(letter is not None for letter in letters)
    confidence = _confidence(item, letters, rules)
    failed = len(came) < len(item.votes)
    return Measured(
        state="error" if not came else "scored" if readable else "unscored",
        accuracy=vote_accuracy(letters, item.answer, aggregate=rules.aggregate),
        worst=right / every,
        best=(right + every - readable) / every,
        confidence_state="error" if failed else "unscored" if confidence is None else "scored",
        confidence=None if failed else confidence,
        right=majority_right(letters, item.answer),
        cluster=item.cluster,
        source_item=item.source_item,
        axes=item.axes,
    )


def _confidence(item: VotedItem, letters: list[str | None], rules: VoteRules) -> float | None:
    if rules.confidence == "votes":
        options = len(item.letters)
        return vote_confidence(letters, options=options, unreadable=rules.unreadable, single_option=rules.single_option)
    stated = [vote.confidence for vote in item.votes if vote.state == "scored" and vote.confidence is not None]
    return sum(stated) / len(stated) if stated else None
