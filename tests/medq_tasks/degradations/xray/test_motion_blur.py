import numpy as np

from medq_tasks.degradations.optics.radiograph import to_intensity


def test_the_detected_intensity_is_kept_and_the_motion_is_nearly_vertical(run):
    image = np.full((121, 121), 0.8, np.float32)
    image[58:63, 58:63] = 0.1
    effect = run("xray.motion_blur", image, length=0.2)
    assert np.isclose(to_intensity(effect.image).sum(), to_intensity(image).sum(), rtol=1e-3)
    rows, columns = np.nonzero(effect.image < 0.75)
    assert np.ptp(rows) > 1.5 * np.ptp(columns)
    assert 60 <= effect.facts["angle_degrees"] <= 120
