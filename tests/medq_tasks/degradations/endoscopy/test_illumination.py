import numpy as np

from medq_tasks.degradations.optics.tone import to_light


def test_far_from_the_lamp_the_declared_stops_are_lost_at_most(run):
    image = np.full((120, 160), 0.5, np.float32)
    out = to_light(run("endoscopy.illumination", image, depth=3.0, hot_spot=0.0).image)
    stops = np.log2(to_light(image) / out)
    assert stops.min() < 0.05
    assert 2.0 < stops.max() <= 3.0


def test_the_gain_is_smooth(run):
    image = np.full((120, 160), 0.5, np.float32)
    out = run("endoscopy.illumination", image, 0.9).image
    assert np.abs(np.diff(out, axis=0)).max() < 0.03
