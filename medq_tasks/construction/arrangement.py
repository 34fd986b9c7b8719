"""The order of answer options: every position holds the right answer about equally often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from string import ascii_uppercase


class Arrangement:
    """Places options so that, among the questions with equally many options, the answer's letters stay balanced.

    >>> place = Arrangement()
    >>> place(("Yes", "No"), "Yes"), place(("Yes", "No"), "Yes")
    ((('Yes', 'No'), 'A'), (('No', 'Yes'), 'B'))
    """

    def __init__(self) -> None:
        self._used: Counter[tuple[int, int]] = Counter()

    def __call__(self, options: Sequence[str], answer: str) -> tuple[tuple[str, ...], str]:
        """The options in the order shown and the letter of `answer`: the rarest position so far, the first of equals.

        The other options keep their order, turned by one with each question, so that a scale is not always ascending.
        """
        count = len(options)
        position = min(range(count), key=lambda place: (self._used[count, place], place))
        self._used[count, position] += 1
        others = [option for option in options if option != answer]
        turn = self._used[count, position] % len(others)
        others = others[turn:] + others[:turn]
        shown = (*others[:position], answer, *others[position:])
        return shown, ascii_uppercase[position]
