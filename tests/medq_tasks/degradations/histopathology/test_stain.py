import numpy as np
import pytest

from medq_tasks.degradations.optics.stain import EOSIN, HAEMATOXYLIN, concentrations, stain_matrix
from medq_tasks.errors import DegradationError


def _slide():
    rng = np.random.default_rng(2)
    amounts = np.concatenate([rng.uniform(0.05, 0.3, (30, 30, 2)), np.zeros((30, 30, 1))], axis=-1)
    return np.power(10.0, -(amounts @ stain_matrix(HAEMATOXYLIN, EOSIN))).astype(np.float32), amounts


def test_each_stains_concentration_is_multiplied_by_its_factor_and_the_residual_stays_0(run):
    image, amounts = _slide()
    effect = run("histopathology.stain", image, change=0.4)
    after = concentrations(effect.image, stain_matrix(HAEMATOXYLIN, EOSIN))
    assert np.allclose(after[..., :2], amounts[..., :2] * effect.facts["factors"], atol=1e-5)
    assert np.abs(after[..., 2]).max() < 1e-5


def test_factors_are_e_to_the_change_up_or_down(run):
    image, _ = _slide()
    for seed in range(8):
        factors = run("histopathology.stain", image, seed=seed, change=0.4).facts["factors"]
        assert np.allclose(np.abs(np.log(factors)), 0.4)


def test_an_unknown_counterstain_is_refused(run):
    with pytest.raises(DegradationError, match="counterstain must be one of"):
        run("histopathology.stain", _slide()[0], counterstain="giemsa")
