"""Every degradation gets worse with severity: a sample here, all of it by `python -m medq_tasks.degrading.monotony`."""

import numpy as np
import pytest

from medq_tasks.degradations import get, load_all
from medq_tasks.degrading.monotony import EXCEPTIONS, Climb, ascents, climb, pixels_of, severities

BY_DEGRADATION = {ascent.degradation: ascent for ascent in ascents(seeds=(1,))}
MIDDLE_PX = 256  # a side at most; the command takes whole images


@pytest.mark.parametrize("id", BY_DEGRADATION)
def test_psnr_and_ssim_fall_from_preset_to_preset(id):
    ascent = BY_DEGRADATION[id]
    pixels = pixels_of(ascent.image)
    top, left = (max(side - MIDDLE_PX, 0) // 2 for side in pixels.shape[:2])
    middle = np.ascontiguousarray(pixels[top : top + MIDDLE_PX, left : left + MIDDLE_PX])
    found = climb(id, middle, modality=ascent.modality, seed=ascent.seed)
    assert found.breaks == (), found


def test_every_degradation_is_checked_or_excepted_with_a_reason():
    assert set(BY_DEGRADATION) | set(EXCEPTIONS) == set(load_all())
    assert all(len(reason) > 40 for reason in EXCEPTIONS.values())


def test_the_ladder_holds_every_preset_above_none():
    assert severities(get("ct.low_dose")) == (0.2, 0.4, 0.6, 0.8, 0.9, 1.0)


def test_a_step_that_does_not_fall_is_named():
    fallen = Climb("i", "d", 1, (0.0, 0.4, 0.9), (float("inf"), 30.0, 20.0), (1.0, 0.9, 0.8))
    assert fallen.breaks == ()
    equal = Climb("i", "d", 1, (0.0, 0.4, 0.9), (float("inf"), 30.0, 30.0), (1.0, 0.9, 0.8))
    rising = Climb("i", "d", 1, (0.0, 0.4, 0.9), (float("inf"), 30.0, 20.0), (1.0, 0.9, 0.95))
    assert equal.breaks == rising.breaks == ((0.4, 0.9),)
