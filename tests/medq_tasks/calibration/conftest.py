"""Questions with votes, written in one line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from medq_tasks.calibration import Measured, Vote, VotedItem, VoteRules, measured


def vote_of(sign: str) -> Vote:
    """A letter is a vote for it, `?` one that cannot be read, `!` a call that failed."""
    if sign == "?":
        return Vote("unscored")
    return Vote("error") if sign == "!" else Vote("scored", sign)


@pytest.fixture
def voted() -> Callable[..., Measured]:
    """`voted("AAB?", source="q1", severity="L1", degradation="low_dose")`; the answer is A of four options."""

    def make(votes: str, *, source: str = "q1", cluster: str | None = None, **axes: str) -> Measured:
        item = VotedItem(tuple("ABCD"), "A", tuple(map(vote_of, votes)), cluster or source, source, axes)
        return measured(item, VoteRules())

    return make
