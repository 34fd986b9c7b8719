"""The bias field is the exponential of a polynomial."""

import numpy as np
import pytest

from medq_tasks.degradations import apply
from medq_tasks.errors import DegradationError


def _fit_residual(values, order):
    y, x = np.meshgrid(*(np.linspace(-1, 1, n) for n in values.shape), indexing="ij")
    terms = [y**p * x ** (d - p) for d in range(order + 1) for p in range(d + 1)]
    matrix = np.stack([t.ravel() for t in terms], 1)
    solved, *_ = np.linalg.lstsq(matrix, values.ravel(), rcond=None)
    return np.abs(matrix @ solved - values.ravel()).max()


@pytest.mark.parametrize("order", [1, 2, 3])
def test_the_log_ratio_is_a_polynomial_of_the_order_given_and_of_no_lower_one(order):
    image = np.random.default_rng(0).uniform(0.2, 0.8, (60, 90)).astype(np.float32)
    result = apply("mri.bias_field", image, params={"coefficient": 0.5, "order": order}, seed=2).image
    ratio = np.log(result.astype(float) / image)
    assert _fit_residual(ratio, order) < 1e-4
    assert _fit_residual(ratio, order - 1) > 0.02


def test_the_field_over_the_tissue_spans_the_coefficient(slices):
    facts = apply("mri.bias_field", slices["abdomen"], params={"coefficient": 0.6}, seed=2).meta.facts
    assert np.log(facts["field_max"] / facts["field_min"]) == pytest.approx(1.2, rel=1e-3)


def test_the_brightest_value_is_kept(slices):
    result = apply("mri.bias_field", slices["shoulder"], level="L2", seed=3).image
    assert result.max() == pytest.approx(slices["shoulder"].max(), abs=1e-5)


def test_an_impossible_order_is_refused(slices):
    with pytest.raises(DegradationError, match="order must be a whole number from 1 to 8"):
        apply("mri.bias_field", slices["head"], level="L1", params={"order": 0}, seed=1)
