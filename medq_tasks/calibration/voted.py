"""One question with its votes, and the rules by which votes become numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from medq_tasks.scoring.scored import State

Aggregate = Literal["mean", "majority"]
Unreadable = Literal["spread", "option", "drop"]
SingleOption = Literal["drop", "certain"]
Confidence = Literal["votes", "verbal", "logprob"]


@dataclass(frozen=True, slots=True)
class VoteRules:
    """What the paper leaves open, decided here and changeable.

    `aggregate`: accuracy of a question is the share of right votes, or whether the most frequent vote is right (ties
    are split). `unreadable`: a vote that names no option counts as a vote spread over all options, as a vote for one
    further option, or not at all. `single_option`: a question with one option has no confidence, or full confidence.
    `confidence`: from the entropy of the votes (the paper's), stated in words, or from log-probabilities.
    """

    aggregate: Aggregate = "mean"
    unreadable: Unreadable = "spread"
    single_option: SingleOption = "drop"
    confidence: Confidence = "votes"


@dataclass(frozen=True, slots=True)
class Vote:
    """One answer: its state, the letter where it was read, and the probability in [0, 1] that came with it, if any."""

    state: State
    letter: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class VotedItem:
    """A question with all of its votes.

    `letters` are the options offered, `answer` the right one. `cluster` names what several questions share (the clean
    image); `source_item` the clean question. `axes` holds what results are broken down by.
    """

    letters: tuple[str, ...]
    answer: str
    votes: tuple[Vote, ...]
    cluster: str
    source_item: str
    axes: Mapping[str, str | None] = field(default_factory=dict)
