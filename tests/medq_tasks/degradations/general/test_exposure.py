import numpy as np
import pytest

from medq_tasks.degradations.optics.tone import to_light
from medq_tasks.errors import DegradationError


def test_one_stop_doubles_or_halves_the_light(run):
    image = np.full((16, 16), 0.4, np.float32)
    for direction, factor in (("over", 2.0), ("under", 0.5)):
        out = run("general.exposure", image, stops=1.0, direction=direction).image
        assert np.allclose(to_light(out), factor * to_light(image), rtol=1e-4)


def test_over_exposure_loses_the_highlights(run, noise_image):
    assert (run("general.exposure", noise_image, stops=2.5, direction="over").image == 1.0).mean() > 0.3


def test_both_signs_are_drawn_and_reported(run, noise_image):
    drawn = {run("general.exposure", noise_image, 0.5, seed).facts["direction"] for seed in range(12)}
    assert drawn == {"over", "under"}


def test_an_unknown_direction_is_refused(run, noise_image):
    with pytest.raises(DegradationError, match="direction must be one of"):
        run("general.exposure", noise_image, direction="sideways")
