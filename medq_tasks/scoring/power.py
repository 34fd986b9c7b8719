"""The smallest true difference that n items show with a given power, in closed form, for planning a run.

All tests are two-sided normal approximations. Items count as independent: where an image has several questions, n is
smaller than their number. None stands for "not even the largest difference there is would be seen".
"""

from __future__ import annotations

from math import asin, pi, sin, sqrt
from statistics import NormalDist

ALPHA = 0.05
POWER = 0.80


def detectable_gain(n: int, *, accuracy: float, alpha: float = ALPHA, power: float = POWER) -> float | None:
    """The smallest gain over `accuracy` that two runs on n different items each show, as a share.

    Test of two proportions, arcsine-transformed (Cohen 1988, section 6.3).

    >>> round(detectable_gain(1305, accuracy=0.63), 3)
    0.052
    """
    angle = asin(sqrt(accuracy)) + _z_sum(n, alpha, power) / sqrt(2 * n)
    return None if angle > pi / 2 else sin(angle) ** 2 - accuracy


def detectable_paired_gain(n: int, *, discordant: float, alpha: float = ALPHA, power: float = POWER) -> float | None:
    """The smallest difference of accuracy that two runs on the same n items show, as a share up to `discordant`.

    `discordant` is the share of items that exactly one run gets right. McNemar's test; the positive root of
    n d² = (z_α √p + z_β √(p − d²))² (Connor 1987, Biometrics 43).

    >>> round(detectable_paired_gain(1305, discordant=0.3), 3)
    0.042
    """
    _z_sum(n, alpha, power)
    normal = NormalDist()
    z_alpha, z_beta = normal.inv_cdf(1 - alpha / 2), normal.inv_cdf(power)
    under_root = n + z_beta**2 - z_alpha**2
    if under_root < 0:
        return None
    gain = sqrt(discordant) * (sqrt(n) * z_alpha + z_beta * sqrt(under_root)) / (n + z_beta**2)
    return gain if gain <= discordant else None


def detectable_mean_difference(n: int, *, deviation: float, alpha: float = ALPHA, power: float = POWER) -> float:
    """The smallest difference of two means of n scores each, from different items, in the scores' own unit.

    `deviation` is the standard deviation of one score. For the same items in both runs give the deviation of an item's
    difference, divided by √2.

    >>> round(detectable_mean_difference(100, deviation=0.8), 2)
    0.32
    """
    return _z_sum(n, alpha, power) * deviation * sqrt(2 / n)


def _z_sum(n: int, alpha: float, power: float) -> float:
    if n < 1 or not 0 < alpha < 1 or not 0 < power < 1:
        raise ValueError(f"expected n >= 1, alpha and power in (0, 1), got n={n}, alpha={alpha}, power={power}")
    return NormalDist().inv_cdf(1 - alpha / 2) + NormalDist().inv_cdf(power)
