"""SIRT and FISTA-TV where FBP has too few views."""

import numpy as np
import pytest

from medq_tasks.degradations import apply
from medq_tasks.degradations.ct.filtered_backprojection import filtered_backprojection
from medq_tasks.degradations.ct.fista_tv import fista_tv
from medq_tasks.degradations.ct.projector import half_turn, projector
from medq_tasks.degradations.ct.sirt import sirt
from medq_tasks.degradations.fidelity import psnr
from medq_tasks.errors import DegradationError


@pytest.fixture(scope="module")
def phantom():
    from skimage.data import shepp_logan_phantom
    from skimage.transform import resize

    return resize(shepp_logan_phantom(), (128, 128), anti_aliasing=True).astype(np.float32)


def test_fista_tv_recovers_a_phantom_from_30_views_far_better_than_fbp(phantom):
    operator = projector(128, half_turn(30))
    sinogram = operator.forward(phantom)
    direct = psnr(phantom, np.clip(filtered_backprojection(operator, sinogram, kernel="ram_lak"), 0, 1))
    iterative = psnr(phantom, np.clip(fista_tv(operator, sinogram, weight=1e-4, iterations=100), 0, 1))
    assert iterative > direct + 6


def test_sirt_comes_closer_with_every_iteration_and_stays_finite(phantom):
    operator = projector(128, half_turn(45))
    sinogram = operator.forward(phantom)
    misfits = [np.linalg.norm(operator.forward(sirt(operator, sinogram, iterations=n)) - sinogram) for n in (2, 10, 50)]
    assert misfits[0] > misfits[1] > misfits[2]
    assert misfits[2] < 0.05 * np.linalg.norm(sinogram)


def test_sirt_is_smoother_than_fbp_on_noisy_projections(phantom):
    operator = projector(128, half_turn(180))
    noise = np.random.default_rng(0).standard_normal((180, operator.bins)).astype(np.float32)
    flat = projector(128, half_turn(180)).forward(np.zeros_like(phantom)) + 0.5 * np.abs(noise)
    assert sirt(operator, flat, iterations=20).std() < filtered_backprojection(operator, flat, kernel="ram_lak").std()


@pytest.mark.parametrize("mode", ["residual", "full"])
@pytest.mark.parametrize("reconstruction", ["sirt", "fista_tv"])
def test_every_degradation_can_be_reconstructed_iteratively(slices, reconstruction, mode):
    params = {"reconstruction": reconstruction, "mode": mode, "iterations": 8, "views": 30}
    result = apply("ct.low_dose", slices["chest"], level="L1", params=params, seed=1)
    assert 8 < result.meta.psnr_db < 60


def test_full_mode_returns_the_reconstruction_and_residual_mode_keeps_what_is_burnt_in(slices):
    image = slices["abdomen"].copy()
    image[:8, :40:2] = 1  # a marker with detail that no reconstruction keeps
    params = {"window_hu": [-500, 500], "photons": 1e9}
    full = apply("ct.low_dose", image, params={**params, "mode": "full"}, seed=1).image
    residual = apply("ct.low_dose", image, params=params, seed=1).image
    assert np.abs(residual[:8, :40] - image[:8, :40]).max() < 0.01
    assert np.abs(full[:8, :40] - image[:8, :40]).max() > 0.2
    assert np.abs(full - image)[60:130, 60:130].mean() < 0.05


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"reconstruction": "mbir"}, "reconstruction must be one of fbp, sirt, fista_tv"),
        ({"mode": "fast"}, "mode must be one of residual, full"),
        ({"window_hu": [400, -100]}, "two rising numbers"),
        ({"pixel_mm": 0.0}, "pixel_mm must be positive"),
        ({"views": 1}, "views must be a whole number from 2"),
        ({"photons": 0.0}, "photons must be at least 1"),
        ({"reconstruction": "sirt", "iterations": 0}, "iterations must be a whole number from 1"),
    ],
)
def test_a_scan_that_cannot_be_is_refused_with_one_line(slices, params, words):
    with pytest.raises(DegradationError, match=words):
        apply("ct.low_dose", slices["chest"], level="L1", params=params, seed=1)
