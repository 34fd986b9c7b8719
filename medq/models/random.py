"""The chance baseline: a uniform choice, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from medq.models.interface import Answer, Outcome, Request

CONCLUSIONS: Mapping[str, tuple[str, ...]] = {
    "reasoning": tuple(f"Overall, the quality of this image is {label}." for label in ("good", "usable", "reject")),
    "comparison": tuple(f"Overall, the {ordinal} image has higher quality." for ordinal in ("first", "second")),
}


class Random:
    """Chooses among the letters of the options shown, or among the possible conclusions where text is asked for.

    The choice depends on nothing but the seed of the request, so votes differ from one another and runs do not.
    """

    concurrency = 1
    chunk = 64

    def __init__(self, seed: int) -> None:
        self.identity: Mapping[str, Any] = {"kind": "random", "seed": seed}

    async def answer(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        """A letter, or a sentence that concludes."""
        return [Answer(_choice(request)) for request in requests]

    async def close(self) -> None:
        """Nothing to end."""


def _choice(request: Request) -> str:
    letters = tuple(option.letter for option in request.item.options)
    choices = letters or CONCLUSIONS["comparison" if len(request.images) == 2 else "reasoning"]
    return random.Random(request.seed).choice(choices)
