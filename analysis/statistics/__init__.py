"""Statistics of paired runs: exact tests, clustered intervals, and how small a difference n can show."""

from analysis.statistics.bootstrap import Interval, clustered_bootstrap
from analysis.statistics.detectable import detectable_difference, detectable_paired_difference
from analysis.statistics.mcnemar import mcnemar_exact
from analysis.statistics.sign_flip import sign_flip

__all__ = [
    "Interval",
    "clustered_bootstrap",
    "detectable_difference",
    "detectable_paired_difference",
    "mcnemar_exact",
    "sign_flip",
]
