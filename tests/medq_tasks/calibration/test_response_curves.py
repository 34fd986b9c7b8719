"""Response curves."""

from collections.abc import Callable

import pytest

from medq_tasks.calibration import Measured, response_curves

Voted = Callable[..., Measured]


def test_a_curve_holds_only_source_items_with_all_three_copies(voted: Voted) -> None:
    items = [
        voted("AAAA", source="1", severity="L0", modality="ct"),
        voted("AABB", source="1", severity="L1", degradation="low_dose", modality="ct"),
        voted("BBBB", source="1", severity="L2", degradation="low_dose", modality="ct"),
        voted("BBBB", source="2", severity="L0", modality="ct"),
        voted("BBBB", source="2", severity="L1", degradation="low_dose", modality="ct"),
    ]
    (curve,) = response_curves(items)
    assert (curve.modality, curve.degradation, curve.n) == ("ct", "low_dose", 1)
    assert curve.accuracy == (1.0, 0.5, 0.0)
    assert curve.confidence == (1.0, pytest.approx(0.5), 1.0)
    assert curve.calibration_shift == (0.0, pytest.approx(0.0), 1.0)
