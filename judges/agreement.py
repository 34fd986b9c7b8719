"""Agreement of two raters on ordinal scores: confusion matrix, accuracy, recall by class, weighted kappa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from judges.errors import JudgeInputError

SCORES = (0, 1, 2)
RESAMPLES = 2000
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Kappa:
    """The quadratic-weighted kappa in [-1, 1] (1 is best, 0 is chance) with its 95 % bootstrap interval over items.

    `value` is None, and `reason` says why, where it is not defined. `ci95` is None where fewer than half of the
    resamples define it.
    """

    value: float | None
    n: int
    ci95: tuple[float, float] | None = None
    reason: str | None = None


def confusion(reference: Sequence[int], other: Sequence[int], *, labels: Sequence[int] = SCORES) -> Counts:
    """Counts (k, k) int64: row i, column j holds the items that `reference` gave label i and `other` label j.

    Raises `JudgeInputError` for sequences of different length or a score that is no label.

    >>> confusion([0, 2, 2], [0, 1, 2]).tolist()
    [[1, 0, 0], [0, 0, 0], [0, 1, 1]]
    """
    if len(reference) != len(other):
        raise JudgeInputError(f"expected one score a rater and item, got {len(reference)} and {len(other)} scores")
    place = {label: index for index, label in enumerate(labels)}
    unknown = sorted({*reference, *other} - set(place))
    if unknown:
        raise JudgeInputError(f"expected scores out of {tuple(labels)}, got {unknown}")
    counts = np.zeros((len(labels), len(labels)), dtype=np.int64)
    for one, two in zip(reference, other, strict=True):
        counts[place[one], place[two]] += 1
    return counts


def accuracy(counts: Counts) -> float | None:
    """The share of items on which both raters agree exactly, in [0, 1]; None without items."""
    total = int(counts.sum())
    return float(np.trace(counts) / total) if total else None


def recall_by_class(counts: Counts) -> list[float | None]:
    """For each label the share of the reference's items that the other rater gave it too; None where there are none."""
    return [float(counts[i, i] / row.sum()) if row.sum() else None for i, row in enumerate(counts)]


def kappa_of(counts: Counts) -> tuple[float | None, str | None]:
    """1 − Σ w·O / Σ w·E with w_ij = (i − j)² / (k − 1)² (Cohen 1968; paper, equation 1), or None and the reason.

    With both raters constant at one label nothing is expected to disagree, and the ratio is 0/0.
    """
    total = counts.sum()
    if total == 0:
        return None, "no items that both raters scored"
    steps = np.arange(len(counts))
    weights = (steps[:, None] - steps[None, :]) ** 2 / (len(counts) - 1) ** 2
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total
    chance = float((weights * expected).sum())
    if chance == 0:
        return None, "both raters gave every item the same score"
    return 1 - float((weights * counts).sum()) / chance, None


def weighted_kappa(
    reference: Sequence[int],
    other: Sequence[int],
    *,
    labels: Sequence[int] = SCORES,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Kappa:
    """The quadratic-weighted kappa of two raters with a percentile bootstrap interval; deterministic for a seed."""
    counts = confusion(reference, other, labels=labels)
    value, reason = kappa_of(counts)
    if value is None or resamples == 0:
        return Kappa(value, len(reference), reason=reason)
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(len(reference), counts.ravel() / counts.sum(), size=resamples)
    known = [kappa for flat in drawn if (kappa := kappa_of(flat.reshape(counts.shape))[0]) is not None]
    if len(known) < resamples / 2:
        return Kappa(value, len(reference), reason="the interval is undefined: too few resamples vary")
    low, high = np.percentile(known, [2.5, 97.5])
    return Kappa(value, len(reference), ci95=(float(low), float(high)))
