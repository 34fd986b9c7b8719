import numpy as np
from scipy.ndimage import shift
from skimage.registration import phase_cross_correlation

from medq_tasks.degradations.fidelity import psnr


def test_lines_are_really_mixed_no_shift_explains_the_result(run, real_images):
    clean = real_images["general"][1]
    out = run("general.movement", clean, 0.9).image
    found, _, _ = phase_cross_correlation(clean, out, upsample_factor=20)
    best = max(psnr(clean, shift(out, found + offset, order=3, mode="nearest")) for offset in np.linspace(-1, 1, 5))
    assert best < 32


def test_the_object_stays_in_place(run, real_images):
    clean = real_images["general"][1]
    found, _, _ = phase_cross_correlation(clean, run("general.movement", clean, 0.9).image, upsample_factor=20)
    assert np.abs(found).max() <= 1.0


def test_without_amplitude_nothing_happens(run, noise_image):
    out = run("general.movement", noise_image, amplitude=0.0, still=0.05).image
    assert np.allclose(out, noise_image, atol=1e-6)


def test_several_poses_are_seen(run, noise_image):
    assert run("general.movement", noise_image, 0.5).facts["poses"] >= 6


def test_ghosts_run_along_the_phase_encoded_rows(run):
    square = np.zeros((128, 128), np.float32)
    square[54:74, 54:74] = 0.8
    out = run("general.movement", square, 0.8, turn_per_shift=0.0).image
    beside = out[54:74, 90:120].mean()
    above = out[10:40, 54:74].mean()
    assert above > 4 * beside
