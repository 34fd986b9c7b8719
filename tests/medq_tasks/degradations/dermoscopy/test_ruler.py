import numpy as np
import pytest


@pytest.mark.parametrize("seed", range(5))
def test_marks_repeat_every_millimetre_of_the_scale(seed, run):
    image = np.full((400, 400), 0.5, np.float32)
    effect = run("dermoscopy.ruler", image, seed=seed, height=0.2, opacity=0.8, millimetre=0.04)
    dark = effect.mask & (effect.image < 0.3)
    by_axis = [dark.sum(axis=axis).astype(float) for axis in (0, 1)]
    profile = max(by_axis, key=lambda values: np.count_nonzero(values > 0))
    power = np.abs(np.fft.rfft((profile - profile.mean()) * np.hanning(400)))
    assert abs(np.argmax(power[15:45]) + 15 - 25) <= 1


def test_a_strip_lies_along_one_side(run, noise_image):
    mask = run("dermoscopy.ruler", noise_image, 0.5).mask
    sides = [mask[0].mean(), mask[-1].mean(), mask[:, 0].mean(), mask[:, -1].mean()]
    assert max(sides) == 1.0
    assert sorted(sides)[1] < 0.5
