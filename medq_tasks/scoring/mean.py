"""A mean with everything that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mean:
    """A metric's value with its counts, interval and bounds; the fields of a metric in `results.json`.

    `value` is the mean over `n` rows, None where n is 0. `n_unscored` rows could not be read, `n_error` rows failed.
    `ci95` is the 95 % interval of `value`; `lower` and `upper` are the value over all rows, with every unscored and
    failed row counted as the worst and as the best; None without any row.
    """

    value: float | None
    n: int
    n_unscored: int
    n_error: int
    ci95: Interval | None
    lower: float | None
    upper: float | None
