import numpy as np

from medq_tasks.degradations.optics.tone import to_light


def test_the_shade_takes_the_declared_stops_and_leaves_one_side_lit(run):
    image = np.full((150, 150, 3), 0.5, np.float32)
    stops = np.log2(to_light(image) / to_light(run("fundus.uneven_illumination", image, depth=3.0).image))
    assert stops.min() < 0.3
    assert np.isclose(stops.max(), 3.0, atol=0.15)
