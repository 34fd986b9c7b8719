"""Takes turns: the same list, asked again under the same name, gives its next element."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Rotation:
    """Deterministic variety without a random generator.

    >>> turn = Rotation()
    >>> [turn.next("noun", ("slice", "image")) for _ in range(3)]
    ['slice', 'image', 'slice']
    """

    def __init__(self) -> None:
        self._turns: Counter[str] = Counter()

    def next(self, name: str, choices: Sequence[T]) -> T:
        """The next of `choices` for this name. Raises ValueError where there are none."""
        if not choices:
            raise ValueError(f"{name}: nothing to choose from")
        turn = self._turns[name]
        self._turns[name] += 1
        return choices[turn % len(choices)]
