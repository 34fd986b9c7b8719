"""One scored row, as every metric takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

State = Literal["scored", "unscored", "error"]


@dataclass(frozen=True, slots=True)
class Scored:
    """The outcome of one answer.

    `correct` is True or False for multiple choice and a score (0 to 2 on an axis) for judged text; it is only looked at
    where `state` is "scored". `cluster` names what several rows share, the SHA-256 of the image: rows of one image are
    not independent.
    `axes` holds what results are broken down by; an axis that the data does not give is None.
    """

    state: State
    correct: bool | float | None
    cluster: str
    axes: Mapping[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.state == "scored" and self.correct is None:
            raise ValueError("a scored row needs `correct`: True, False or a score; without it, a row is unscored")
