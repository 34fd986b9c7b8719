"""McNemar's test, exact: do two runs differ on the items that only one of them got right?"""

from __future__ import annotations


def mcnemar_exact(only_first: int, only_second: int) -> float:
    """The two-sided p value, in [0, 1], that `only_first` and `only_second` discordant pairs come from a fair coin.

    With values other than 0 and 1 it is the exact sign test over the pairs that differ. It takes pairs as
    independent: where an image has several questions, read it beside `clustered_bootstrap`. 1.0 where no pair is
    discordant. Source: McNemar (1947), Psychometrika 12, in its exact binomial form.

    >>> round(mcnemar_exact(1, 9), 6)
    0.021484
    >>> mcnemar_exact(0, 0)
    1.0
    """
    if only_first < 0 or only_second < 0:
        raise ValueError(f"expected counts of pairs, got {only_first} and {only_second}")
    from scipy.special import bdtr

    return min(1.0, 2 * float(bdtr(min(only_first, only_second), only_first + only_second, 0.5)))
