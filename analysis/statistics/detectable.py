"""The smallest true difference between two accuracies that n questions show with a given power."""

from __future__ import annotations

from math import asin, sin, sqrt
from statistics import NormalDist

ALPHA = 0.05
POWER = 0.80
STEPS = 60  # of bisection: far below any precision that is printed


def detectable_difference(n: int, *, accuracy: float, alpha: float = ALPHA, power: float = POWER) -> float:
    """The smallest gain over `accuracy` that two runs on n different questions each show, as a share in (0, 1].

    Two-sided z test of two proportions, arcsine-transformed (Cohen 1988, section 6.3). NaN where not even an
    accuracy of 1 would be told apart.

    >>> round(detectable_difference(1305, accuracy=0.63), 3)
    0.052
    """
    _check(n, alpha, power)
    wanted = _needed_z(alpha, power) * sqrt(2 / n)
    angle = 2 * asin(sqrt(accuracy)) + wanted
    if angle > 2 * asin(1.0):
        return float("nan")
    return sin(angle / 2) ** 2 - accuracy


def detectable_paired_difference(n: int, *, discordant: float, alpha: float = ALPHA, power: float = POWER) -> float:
    """The smallest difference that two runs on the same n questions show, as a share in (0, `discordant`].

    `discordant` is the share of questions that exactly one of the runs gets right; it bounds the difference.
    McNemar's test, normal approximation: n d^2 = (z_a sqrt(p) + z_b sqrt(p - d^2))^2 (Connor 1987, Biometrics 43).
    NaN where not even a difference of `discordant` would be seen. Questions count as independent: where an image has
    several, n is smaller than their number.

    >>> round(detectable_paired_difference(1305, discordant=0.3), 3)
    0.042
    """
    _check(n, alpha, power)
    if not 0 < discordant <= 1:
        raise ValueError(f"expected a share of discordant pairs in (0, 1], got {discordant}")
    if not _is_seen(discordant, n, discordant, alpha, power):
        return float("nan")
    low, high = 0.0, discordant
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if _is_seen(middle, n, discordant, alpha, power) else (middle, high)
    return high


def _is_seen(difference: float, n: int, discordant: float, alpha: float, power: float) -> bool:
    normal = NormalDist()
    rest = sqrt(max(0.0, discordant - difference**2))
    needed = normal.inv_cdf(1 - alpha / 2) * sqrt(discordant) + normal.inv_cdf(power) * rest
    return n * difference**2 >= needed**2


def _needed_z(alpha: float, power: float) -> float:
    return NormalDist().inv_cdf(1 - alpha / 2) + NormalDist().inv_cdf(power)


def _check(n: int, alpha: float, power: float) -> None:
    if n < 1 or not 0 < alpha < 1 or not 0 < power < 1:
        raise ValueError(f"expected n >= 1, alpha and power in (0, 1), got n={n}, alpha={alpha}, power={power}")
