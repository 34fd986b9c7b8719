import numpy as np


def test_the_spectrum_peaks_at_the_declared_number_of_lines(run):
    image = np.full((256, 256), 0.5, np.float32)
    for seed in range(4):
        effect = run("xray.grid_lines", image, seed=seed, depth=0.1, cut_off=0.0, lines=40.0)
        power = np.abs(np.fft.fft2(effect.image - effect.image.mean()))
        peak = np.unravel_index(power.argmax(), power.shape)
        cycles = np.hypot(*(min(k, 256 - k) for k in peak))
        assert abs(cycles - 40) < 1
        assert effect.facts["lines"] == 40.0


def test_the_mean_is_kept_and_a_small_image_gets_no_more_lines_than_it_can_show(run, noise_image):
    effect = run("xray.grid_lines", noise_image, 0.4)
    assert np.isclose(effect.image.mean(), noise_image.mean(), atol=1e-3)
    assert run("xray.grid_lines", noise_image[:40], 0.4).facts["lines"] == 10.0
