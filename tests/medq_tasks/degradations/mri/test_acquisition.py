"""k-space, phase and coils."""

import numpy as np
import pytest

from medq_tasks.degradations.mri.acquisition import (
    coil_maps,
    lines_to_image,
    lines_to_kspace,
    phase_encoded,
    to_image,
    to_kspace,
    with_phase,
)
from medq_tasks.errors import DegradationError

IMAGE = np.random.default_rng(0).random((33, 48)).astype(np.float32)


def test_the_transform_inverts_and_keeps_energy():
    kspace = to_kspace(IMAGE)
    assert np.abs(to_image(kspace) - IMAGE).max() < 1e-6
    assert np.linalg.norm(kspace) == pytest.approx(np.linalg.norm(IMAGE), rel=1e-6)
    assert np.abs(lines_to_image(lines_to_kspace(IMAGE)) - IMAGE).max() < 1e-6


def test_the_centre_of_kspace_holds_the_mean():
    kspace = to_kspace(IMAGE)
    assert kspace[33 // 2, 48 // 2].real == pytest.approx(IMAGE.mean() * np.sqrt(IMAGE.size), rel=1e-5)


def test_the_transform_is_sigpys():
    import sigpy

    assert np.allclose(to_kspace(IMAGE), sigpy.fft(IMAGE), atol=1e-5)


def test_the_phase_keeps_the_magnitude_is_smooth_and_breaks_the_symmetry_of_kspace():
    image = with_phase(IMAGE[:32], np.random.default_rng(1))
    assert np.allclose(np.abs(image), IMAGE[:32], atol=1e-6)
    phase = np.angle(with_phase(np.ones((32, 48), np.float32), np.random.default_rng(1)))
    assert np.abs(np.diff(np.unwrap(phase, axis=1), axis=1)).max() < 0.2
    kspace = to_kspace(image)[1:, 1:]
    assert np.abs(kspace - kspace[::-1, ::-1].conj()).max() > 0.1 * np.abs(kspace).max()


@pytest.mark.parametrize("coils", [1, 4, 12])
def test_the_sensitivities_have_a_sum_of_squares_of_one(coils):
    maps = coil_maps((20, 30), coils)
    assert maps.shape == (coils, 20, 30)
    assert np.allclose((np.abs(maps) ** 2).sum(0), 1, atol=1e-5)


def test_coils_see_different_places_best():
    peaks = {tuple(np.unravel_index(np.abs(m).argmax(), m.shape)) for m in coil_maps((40, 40), 8)}
    assert len(peaks) == 8


def test_turning_the_phase_axis_twice_gives_the_image_back():
    assert np.array_equal(phase_encoded(phase_encoded(IMAGE, 1), 1), IMAGE)
    with pytest.raises(DegradationError, match="phase_axis must be 0"):
        phase_encoded(IMAGE, 2)
