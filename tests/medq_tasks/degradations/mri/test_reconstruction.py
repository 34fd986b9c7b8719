"""Reconstructions of undersampled data, beside sigpy's."""

import numpy as np
import pytest

from medq_tasks.degradations import apply
from medq_tasks.degradations.fidelity import psnr
from medq_tasks.degradations.mri.acquisition import coil_maps, lines_to_image, to_kspace, with_phase
from medq_tasks.degradations.mri.cartesian import CartesianEncoding
from medq_tasks.degradations.mri.compressed_sensing import fista, shifting_wavelets
from medq_tasks.degradations.mri.radial import radial_encoding
from medq_tasks.degradations.mri.sampling import cartesian_lines
from medq_tasks.degradations.mri.sense import cg_sense
from medq_tasks.errors import DegradationError


@pytest.fixture(scope="module")
def image(slices):
    return with_phase(np.ascontiguousarray(slices["abdomen"][32:160, 32:160]), np.random.default_rng(0))


def _encoding(acceleration, coils, pattern="equispaced"):
    rng = np.random.default_rng(3)
    measured = cartesian_lines(128, pattern=pattern, acceleration=acceleration, centre_share=0.08, rng=rng)
    return CartesianEncoding(coil_maps((128, 128), coils), measured)


def _quality(image, result):
    return psnr(np.abs(image).astype(np.float32), np.abs(result).astype(np.float32))


@pytest.mark.parametrize("coils", [1, 4])
@pytest.mark.parametrize("kind", ["cartesian", "radial"])
def test_normal_is_adjoint_after_measure_and_the_adjoint_is_exact(image, kind, coils):
    maps = coil_maps((128, 128), coils)
    encoding = _encoding(3, coils) if kind == "cartesian" else radial_encoding(maps, acceleration=4, start=0.3)
    rng = np.random.default_rng(0)
    data = encoding.measure(image, noise_sigma=0, rng=rng)
    assert np.allclose(encoding.normal(image), encoding.adjoint(data), atol=2e-4)
    other = (rng.standard_normal(data.shape) + 1j * rng.standard_normal(data.shape)).astype(np.complex64)
    if kind == "cartesian":
        other *= encoding.measured[:, None]
    left, right = np.vdot(other, data), np.vdot(encoding.adjoint(other), image)
    assert abs(left - right) < 1e-3 * abs(left)


def test_full_sampling_without_noise_gives_the_image_back(image):
    rng = np.random.default_rng(0)
    full = CartesianEncoding(coil_maps((128, 128), 4), np.ones(128, bool))
    assert np.allclose(full.adjoint(full.measure(image, noise_sigma=0, rng=rng)), image, atol=1e-5)
    spokes = radial_encoding(coil_maps((128, 128), 1), acceleration=1, start=0)
    assert _quality(image, spokes.adjoint(spokes.measure(image, noise_sigma=0, rng=rng))) > 35


def test_sense_agrees_with_sigpy(image):
    from sigpy.mri.app import SenseRecon

    encoding = _encoding(4, 8)
    data = encoding.measure(image, noise_sigma=0.005, rng=np.random.default_rng(1))
    ours = cg_sense(encoding, data, weight=1e-3, iterations=30)
    kspace = to_kspace(lines_to_image(data)).astype(np.complex64)
    weights = np.broadcast_to(encoding.measured[:, None], (128, 128)).astype(np.float32)
    theirs = SenseRecon(kspace, encoding.maps, lamda=1e-3, weights=weights, max_iter=30, show_pbar=False).run()
    assert np.linalg.norm(ours - theirs) < 0.01 * np.linalg.norm(theirs)


def test_wavelet_compressed_sensing_is_as_good_as_sigpys(image):
    from sigpy.mri.app import L1WaveletRecon

    encoding = _encoding(2.5, 1, "variable_density")
    data = encoding.measure(image, noise_sigma=0.002, rng=np.random.default_rng(1))
    ours = fista(encoding, data, shifting_wavelets(), weight=2e-3, iterations=50)
    kspace = to_kspace(lines_to_image(data)).astype(np.complex64)
    weights = np.broadcast_to(encoding.measured[:, None], (128, 128)).astype(np.float32)
    theirs = L1WaveletRecon(kspace, encoding.maps, 2e-3, weights=weights, max_iter=50, show_pbar=False).run()
    assert _quality(image, ours) > _quality(image, theirs)
    assert _quality(image, ours) > _quality(image, encoding.adjoint(data)) + 1.5


@pytest.mark.parametrize("reconstruction", ["sense", "grappa"])
def test_parallel_imaging_unfolds_what_zero_filling_leaves_folded(slices, reconstruction):
    params = {"acceleration": 2, "centre_share": 0.12}
    folded = apply("mri.undersampling", slices["abdomen"], params=params, seed=1).meta.psnr_db
    params["reconstruction"] = reconstruction
    assert apply("mri.undersampling", slices["abdomen"], params=params, seed=1).meta.psnr_db > folded + 5


@pytest.mark.parametrize("reconstruction", ["l1_wavelet", "tv"])
@pytest.mark.parametrize("pattern", ["variable_density", "radial"])
def test_compressed_sensing_is_better_than_zero_filling(slices, pattern, reconstruction):
    params = {"acceleration": 3, "centre_share": 0.08, "pattern": pattern}
    plain = apply("mri.undersampling", slices["abdomen"], params=params, seed=1).meta.psnr_db
    params["reconstruction"] = reconstruction
    assert apply("mri.undersampling", slices["abdomen"], params=params, seed=1).meta.psnr_db > plain + 1


def test_noise_grows_with_the_acceleration_where_coils_see_alike(slices):
    params = {"centre_share": 0.04, "reconstruction": "sense", "noise_sigma": 0.01}
    levels = [
        apply("mri.undersampling", slices["abdomen"], params={**params, "acceleration": r}, seed=1).meta.psnr_db
        for r in (1, 2, 4, 6)
    ]
    assert (np.diff(levels) < 0).all()


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"reconstruction": "magic"}, "reconstruction must be one of zero_filled"),
        ({"reconstruction": "grappa", "pattern": "radial"}, "GRAPPA needs pattern 'equispaced'"),
        ({"reconstruction": "grappa", "acceleration": 8}, "at least 16 coils, got 12"),
        ({"reconstruction": "grappa", "acceleration": 5, "centre_share": 0.0}, "centre lines; raise centre_share"),
        ({"coils": 0}, "coils must lie in"),
        ({"pattern": "spiral"}, "pattern must be one of"),
    ],
)
def test_what_cannot_be_reconstructed_is_refused_with_one_line(slices, params, words):
    with pytest.raises(DegradationError, match=words):
        apply("mri.undersampling", slices["abdomen"], level="L1", params=params, seed=1)
