import numpy as np

from medq_tasks.degradations.optics.echo import to_amplitude


def test_fully_developed_speckle_has_the_rayleigh_signal_to_noise_ratio_of_1_913(run):
    image = np.full((512, 512), 0.6, np.float32)
    amplitude = to_amplitude(run("ultrasound.speckle", image, diffuse=1.0, cell=0.002).image)
    assert np.isclose(amplitude.mean() / amplitude.std(), 1.913, rtol=0.03)
    assert np.isclose(np.mean(amplitude**2), to_amplitude(image)[0, 0] ** 2, rtol=0.02)


def test_partial_speckle_is_rician(run):
    image = np.full((400, 400), 0.6, np.float32)
    amplitude = to_amplitude(run("ultrasound.speckle", image, diffuse=0.2, cell=0.002).image)
    relative = amplitude / to_amplitude(image)
    assert np.isclose(relative.std(), 0.2 / np.sqrt(2), rtol=0.05)


def test_a_cell_is_wider_than_deep(run):
    image = np.full((300, 300), 0.6, np.float32)
    out = run("ultrasound.speckle", image, diffuse=1.0, cell=0.012).image
    out = out - out.mean()
    down, across = ((out * np.roll(out, 3, axis)).mean() for axis in (0, 1))
    assert across > 1.3 * down


def test_no_echo_stays_no_echo(run):
    image = np.full((64, 64), 0.5, np.float32)
    image[30:34, 30:34] = 0.0
    assert (run("ultrasound.speckle", image, 1.0).image[30:34, 30:34] == 0).all()
