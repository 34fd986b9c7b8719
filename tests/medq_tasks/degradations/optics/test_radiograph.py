import numpy as np

from medq_tasks.degradations.optics.radiograph import to_display, to_intensity


def test_intensity_falls_exponentially_and_comes_back():
    image = np.linspace(0, 1, 100, dtype=np.float32)
    intensity = to_intensity(image, span=4.0)
    assert np.allclose(intensity[[0, -1]], [1.0, np.exp(-4.0)])
    assert np.allclose(to_display(intensity, span=4.0), image, atol=1e-6)
    assert to_display(np.float32([0.0, 5.0])).tolist() == [1.0, 0.0]
