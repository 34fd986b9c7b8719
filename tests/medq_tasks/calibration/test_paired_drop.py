"""Paired drops by source item."""

from collections.abc import Callable

import pytest

from medq_tasks.calibration import Measured, paired_drops
from medq_tasks.calibration.paired_drop import PairedDrop

Voted = Callable[..., Measured]


def _set(voted: Voted) -> list[Measured]:
    items = []
    for n in range(6):
        source = f"q{n}"
        items.append(voted("AAA", source=source, severity="L0"))
        items.append(voted("AAA" if n else "BBB", source=source, severity="L1", degradation="low_dose"))
        items.append(voted("BBB" if n < 4 else "AAB", source=source, severity="L2", degradation="low_dose"))
    items.append(voted("AAA", source="q0", severity="L2", degradation="ring"))
    return items


def _one(drops: list[PairedDrop], degradation: str | None, start: str, end: str) -> PairedDrop:
    return next(drop for drop in drops if (drop.degradation, drop.start, drop.end) == (degradation, start, end))


def test_drops_by_hand(voted: Voted) -> None:
    drops = paired_drops(_set(voted))
    first = _one(drops, "low_dose", "L0", "L1")
    assert (first.n, first.drop, first.lost, first.gained, first.p) == (6, pytest.approx(1 / 6), 1, 0, 1.0)
    whole = _one(drops, "low_dose", "L0", "L2")
    assert whole.drop == pytest.approx(1 - (2 * 2 / 3) / 6)
    assert (whole.lost, whole.gained, whole.p) == (4, 0, 0.125)
    assert whole.ci95 is not None
    assert whole.ci95[0] <= whole.drop <= whole.ci95[1]


def test_the_clean_item_joins_every_degradation(voted: Voted) -> None:
    drops = paired_drops(_set(voted))
    assert _one(drops, "ring", "L0", "L2").n == 1
    assert _one(drops, None, "L0", "L2").n == 7
    assert not [drop for drop in drops if drop.degradation == "ring" and drop.end == "L1"]


def test_a_failed_copy_leaves_its_pair_out(voted: Voted) -> None:
    items = [voted("AAA", source="q", severity="L0"), voted("!!!", source="q", severity="L1", degradation="ring")]
    assert paired_drops(items) == []
