"""Two runs against each other: what differs in how they were made first, then paired differences, then flips."""

from analysis.compare.comparison import Comparison, compare
from analysis.compare.difference import Difference
from analysis.compare.differences import find_differences
from analysis.compare.flips import Flip, find_flips
from analysis.compare.paired import PairedResult, paired_results

__all__ = [
    "Comparison",
    "Difference",
    "Flip",
    "PairedResult",
    "compare",
    "find_differences",
    "find_flips",
    "paired_results",
]
