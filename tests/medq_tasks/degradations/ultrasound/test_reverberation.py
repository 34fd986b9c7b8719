import numpy as np


def test_bands_repeat_at_the_reported_spacing_and_weaken(run):
    image = np.full((300, 300), 0.05, np.float32)
    effect = run("ultrasound.reverberation", image, level_db=-6.0)
    profile = (effect.image - image)[:, 100:200].mean(axis=1)
    period = effect.facts["spacing"] * 300
    centred = profile - profile.mean()
    correlation = np.correlate(centred, centred, "full")[299:]
    lag = np.argmax(correlation[int(0.6 * period) : int(1.4 * period)]) + int(0.6 * period)
    assert abs(lag - period) <= 2
    first, third = (profile[int((n - 0.3) * period) : int((n + 0.3) * period)].max() for n in (1, 3))
    assert first > third + 0.03


def test_amplitudes_only_add(run, real_images):
    clean = real_images["ultrasound"][1]
    assert (run("ultrasound.reverberation", clean, 0.9).image >= clean).all()
