"""What guessing would score."""

from __future__ import annotations

from collections.abc import Iterable

from medq_tasks.item import Item


def random_guess(items: Iterable[Item]) -> float | None:
    """The expected accuracy in [0, 1] of a uniform choice among the options shown: the mean of 1 / number of options.

    Items without options are left out; None where no item has any.
    """
    shares = [1 / len(item.options) for item in items if item.options]
    return sum(shares) / len(shares) if shares else None
