import numpy as np
from skimage.color import hed_from_rgb, rgb2hed

from medq_tasks.degradations.optics.stain import (
    DAB,
    EOSIN,
    HAEMATOXYLIN,
    concentrations,
    optical_density,
    restain,
    stain_matrix,
)


def _slide(concentration_of):
    matrix = stain_matrix(HAEMATOXYLIN, EOSIN)
    rng = np.random.default_rng(2)
    amounts = np.concatenate([rng.uniform(0.05, 0.4, (12, 15, 2)), np.zeros((12, 15, 1))], axis=-1)
    amounts *= np.array([*concentration_of, 1.0])
    return np.power(10.0, -(amounts @ matrix)).astype(np.float32), amounts


def test_the_optical_density_out_is_the_matrix_times_the_scaled_concentrations():
    image, amounts = _slide((1.0, 1.0))
    matrix = stain_matrix(HAEMATOXYLIN, EOSIN)
    out = restain(image, matrix, (1.7, 0.6))
    expected = (amounts * np.array([1.7, 0.6, 1.0])) @ matrix
    assert np.abs(optical_density(out) - expected).max() < 1e-5


def test_factors_of_1_change_nothing_black_pixels_included():
    image = np.random.default_rng(0).random((9, 9, 3), dtype=np.float32)
    image[0, 0] = 0.0
    assert np.array_equal(restain(image, stain_matrix(HAEMATOXYLIN, EOSIN), (1.0, 1.0)), image)


def test_concentrations_agree_with_scikit_image_for_its_stains():
    image, _ = _slide((1.0, 1.0))
    matrix = np.linalg.inv(hed_from_rgb)
    assert np.allclose(matrix[0] / np.linalg.norm(matrix[0]), stain_matrix(HAEMATOXYLIN, DAB)[0], atol=1e-3)
    ours = concentrations(image, matrix) * np.log(10) / -np.log(1e-6)  # scikit-image scales by -ln(1e-6)
    assert np.allclose(ours, rgb2hed(image), atol=1e-3)
