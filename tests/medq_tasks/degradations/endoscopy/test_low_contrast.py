import numpy as np

from medq_tasks.degradations.optics.tone import to_light


def test_the_mean_light_is_kept_and_fine_differences_shrink_by_the_veil(run, noise_image):
    out = to_light(run("endoscopy.low_contrast", noise_image, veil=0.6).image)
    light = to_light(noise_image)
    assert np.isclose(out.mean(), light.mean(), rtol=1e-2)
    assert np.isclose(np.diff(out).std(), 0.4 * np.diff(light).std(), rtol=1e-2)
