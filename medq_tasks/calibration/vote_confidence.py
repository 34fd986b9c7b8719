"""Perceived confidence from the spread of votes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from medq_tasks.calibration.voted import SingleOption, Unreadable

VOTES_MIN = 2


def vote_confidence(
    letters: Sequence[str | None],
    *,
    options: int,
    unreadable: Unreadable = "spread",
    single_option: SingleOption = "drop",
) -> float | None:
    """C = 1 − H / ln K in [0, 1], with H = −Σ p_i ln p_i over the shares of the votes and K options.

    1: every vote the same; 0: votes evenly over all options. `letters` holds a letter a vote, None for one that could
    not be read. None where it is not defined: fewer than two votes (one vote has no spread), or one option with
    `single_option="drop"`. For an unreadable vote, `spread` adds 1/K to each option (a model that only refuses has
    confidence 0), `option` makes it a vote for one further option (K + 1 in the denominator), `drop` leaves it out.
    Where every vote is read, all three equal the paper's. Source: arXiv 2603.07769. With few votes H is
    underestimated by about (K − 1) / 2T nats, so confidences are comparable only at the same number of votes T.

    >>> vote_confidence("AAAB", options=4)  # 1 − 0.5623 / 1.3863
    0.5943609377704335
    >>> vote_confidence([None, None], options=4), vote_confidence("A", options=4)
    (0.0, None)
    """
    counts: dict[object, float] = dict(Counter(letter for letter in letters if letter is not None))
    missing = len(letters) - int(sum(counts.values()))
    kinds = options
    if missing and unreadable == "option":
        counts["unreadable"] = missing
        kinds += 1
    spread = missing if unreadable == "spread" else 0
    total = sum(counts.values()) + spread
    if total < VOTES_MIN:
        return None
    if kinds < 2:
        return 1.0 if single_option == "certain" else None
    shares = [(count + spread / kinds) / total for count in counts.values()]
    shares += [spread / kinds / total] * (kinds - len(counts))
    return min(1.0, max(0.0, 1 - entropy(shares) / math.log(kinds)))


def entropy(shares: Sequence[float]) -> float:
    """−Σ p ln p in nats; a share of 0 adds nothing.

    >>> round(entropy([0.5, 0.5, 0.0]), 4)
    0.6931
    """
    return max(0.0, -sum(share * math.log(share) for share in shares if share > 0))
