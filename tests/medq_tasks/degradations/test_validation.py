"""Images that cannot be degraded, each refused with one line."""

import numpy as np
import pytest

from medq_tasks.degradations import apply
from medq_tasks.errors import DegradationError

GREY = np.linspace(0, 1, 32 * 24, dtype=np.float32).reshape(32, 24)
COLOUR = np.dstack([GREY, GREY, GREY[::-1]])


def _with(value):
    image = GREY.copy()
    image[3, 4] = value
    return image


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (np.zeros((1, 1), np.float32), "at least 8 x 8 px, got 1 x 1"),
        (_with(np.nan), "1 NaN or infinite"),
        (_with(np.inf), "1 NaN or infinite"),
        (_with(1.5), r"values in \[0, 1\], got \[0, 1.5\]"),
        (np.zeros((16, 16, 16), np.float32), r"2-D image .* got shape \(16, 16, 16\); choose a slice"),
        (np.zeros((16, 16, 4), np.float32), "alpha channel"),
        (np.zeros((16, 16), np.float64), "got float64"),
        (np.zeros((16, 16), np.int16), "got int16"),
        ([[0.0]], "numpy array, got list"),
        (COLOUR, "needs a grey image"),
    ],
)
def test_a_bad_image_gets_one_clear_line(image, words):
    with pytest.raises(DegradationError, match=words) as caught:
        apply("ct.low_dose", image, level="L1", seed=1, modality="ct")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "modality", "words"),
    [
        ("ct.low_dosis", "ct", "unknown degradation 'ct.low_dosis'; did you mean: .*low_dose"),
        ("ct.low_dose", "mri", "does not apply to modality 'mri'; it applies to: ct"),
        ("low_dose", "pet", "unknown modality 'pet'"),
    ],
)
def test_a_name_that_does_not_fit_says_what_does(name, modality, words):
    with pytest.raises(DegradationError, match=words):
        apply(name, GREY, level="L1", seed=1, modality=modality)


@pytest.mark.parametrize("seed", [1.5, "7", None, True])
def test_a_seed_is_an_integer(seed):
    with pytest.raises(DegradationError, match="seed must be an integer"):
        apply("low_dose", GREY, level="L1", seed=seed)


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("name", ["ct.metal", "ct.beam_hardening", "ct.motion", "mri.bias_field", "mri.susceptibility"])
def test_a_constant_image_is_fine(name, value):
    result = apply(name, np.full((40, 33), value, np.float32), level="L2", seed=1)
    assert np.isfinite(result.image).all()


@pytest.mark.parametrize("severity", [1.2, -0.1, float("nan")])
def test_a_severity_outside_0_to_1_gets_one_clear_line(severity):
    with pytest.raises(DegradationError, match=r"ct.low_dose: severity must .* \[0, 1\], got") as caught:
        apply("low_dose", GREY, severity=severity, seed=1, modality="ct")
    assert "\n" not in str(caught.value)
