"""Wilson's interval for a proportion."""

from __future__ import annotations

import math
from statistics import NormalDist

from medq_tasks.scoring.mean import Interval


def wilson(proportion: float, n: float, *, confidence: float = 0.95) -> Interval:
    """The interval of a proportion in [0, 1] observed on `n` independent trials; `n` may be an effective number.

    With z the normal quantile, centre (p + z²/2n) / (1 + z²/n) and half width z √(p(1−p)/n + z²/4n²) / (1 + z²/n).
    Lies inside [0, 1] and has positive width for every n > 0; (0, 1) for n = 0. Source: E. B. Wilson, Probable
    inference, the law of succession, and statistical inference, J. Am. Stat. Assoc. 22 (1927) 209-212.

    >>> [round(end, 4) for end in wilson(0.8, 10)]
    [0.4902, 0.9433]
    """
    if n <= 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = z * z / n
    centre = (proportion + share / 2) / (1 + share)
    half = z * math.sqrt(proportion * (1 - proportion) / n + share / (4 * n)) / (1 + share)
    # At 0 and 1 the exact end is 0 and 1, which rounding would miss by an ulp.
    low = 0.0 if proportion == 0 else max(0.0, centre - half)
    high = 1.0 if proportion == 1 else min(1.0, centre + half)
    return low, high
