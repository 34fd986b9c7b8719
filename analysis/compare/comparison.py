"""A comparison as a whole; there is no way to get the numbers without what differs between the runs."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.compare.difference import Difference
from analysis.compare.differences import find_differences
from analysis.compare.flips import Flip, find_flips
from analysis.compare.paired import PairedResult, paired_results
from analysis.compare.pairs import pair_items
from analysis.errors import AnalysisError
from analysis.run import Run


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs: what differs in how they were made, the paired results on shared items, and the flipped items."""

    first: str
    second: str
    differences: tuple[Difference, ...]
    results: tuple[PairedResult, ...]
    flips: tuple[Flip, ...]


def compare(first: Run, second: Run) -> Comparison:
    """Compares the second run with the first. Raises `AnalysisError` when they share no item."""
    pairing = pair_items(first, second)
    if not pairing.pairs:
        raise AnalysisError(
            f"{first.path} and {second.path} share no item: expected two runs of the same task on the same data, "
            f"got {first.results.task} on {first.dataset} and {second.results.task} on {second.dataset}"
        )
    return Comparison(
        first.name,
        second.name,
        find_differences(first, second, pairing),
        paired_results(pairing.pairs),
        find_flips(pairing.pairs),
    )
