import numpy as np

from medq_tasks.degradations.optics.field import waves


def test_a_field_does_not_depend_on_the_resolution_it_is_drawn_at():
    coarse = waves(np.random.default_rng(3), (50, 70), wavelength=0.5, octaves=1.0)
    fine = waves(np.random.default_rng(3), (150, 210), wavelength=0.5, octaves=1.0)
    assert np.allclose(coarse, fine[1::3, 1::3], atol=1e-4)


def test_a_field_has_mean_0_and_variance_1_over_realisations():
    values = np.array([waves(np.random.default_rng(i), (2, 2), wavelength=0.3)[0, 0] for i in range(4000)])
    assert abs(values.mean()) < 0.06
    assert abs(values.var() - 1) < 0.08


def test_a_field_has_no_structure_finer_than_its_last_octave():
    field = waves(np.random.default_rng(1), (256, 256), wavelength=0.25, octaves=1.0)
    window = np.hanning(256)[:, None] * np.hanning(256)[None, :]
    power = np.abs(np.fft.fft2(field * window)) ** 2
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(256, 1 / 256), np.fft.fftfreq(256, 1 / 256)))
    assert power[frequency > 12].sum() < 1e-4 * power.sum()  # 1 / 0.125 = 8 cycles a side, and the window's width


def test_a_steeper_slope_leaves_less_fine_structure():
    gentle, steep = (waves(np.random.default_rng(2), (90, 90), wavelength=0.6, octaves=4, slope=s) for s in (0.0, 2.0))
    assert np.abs(np.diff(steep)).mean() < 0.6 * np.abs(np.diff(gentle)).mean()
