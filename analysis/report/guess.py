"""Accuracy of guessing at random, worked out from the options that each question offers."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from medq.records import Sample


def random_guess(samples: Iterable[Sample]) -> float | None:
    """The mean of 1 / (number of options) over multiple-choice rows, in [0, 1]; None without any.

    Every row counts, read or not, since a guess can always be made.
    """
    chances = [Fraction(1, len(sample.options)) for sample in samples if sample.options and sample.answer]
    return float(sum(chances) / len(chances)) if chances else None
