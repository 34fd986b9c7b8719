import numpy as np

from medq_tasks.degradations.optics.tone import to_light


def test_light_is_kept_and_a_highlight_draws_a_streak(run):
    image = np.full((121, 121), 0.2, np.float32)
    image[59:62, 59:62] = 1.0
    out = run("endoscopy.motion_blur", image, length=0.2).image
    assert np.isclose(to_light(out).sum(), to_light(image).sum(), rtol=1e-3)
    rows, columns = np.nonzero(out > 0.25)
    assert 15 < np.hypot(np.ptp(rows), np.ptp(columns)) < 40
