"""All statistics together."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medq.models.iqa.attributes import attributes
from medq.models.iqa.picture import open_picture
from medq.models.iqa.statistics import STATISTICS, measure
from medq_tasks.sample.catalogue import Original, originals
from medq_tasks.sample.opening import Pixels, open_original
from medq_tasks.sample.variants import degraded


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(32, 70), st.integers(32, 70), st.sampled_from([0.0, 0.5, 1.0]))
def test_any_image_has_finite_statistics(seed: int, height: int, width: int, flat: float) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)
    pixels[: round(height * flat)] = seed % 256
    assert all(math.isfinite(value) for value in measure(open_picture(pixels)).values())


def test_measuring_changes_nothing_and_gives_the_same_again() -> None:
    pixels = np.random.default_rng(1).random((64, 64)).astype(np.float32)
    picture = open_picture(pixels)
    before = picture.rgb.copy()
    assert measure(picture) == measure(open_picture(pixels))
    assert np.array_equal(picture.rgb, before)


def test_every_statistic_serves_an_attribute() -> None:
    used = {name for attribute in attributes().values() for name, _ in attribute.signed()}
    assert used == set(STATISTICS)


def opened(name: str) -> tuple[Original, Pixels]:
    original = next(one for one in originals() if one.id == name)
    return original, open_original(original)


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        # The abdomen carries noise of its own, in which a mild dose reduction moves the statistic by less than 1 %.
        ("ct-skull-base", "low_dose_noise"),
        ("ct-abdomen", "sparse_view_streaks"),
        ("ct-skull-base", "ring"),
        ("mri-liver", "aliasing"),
        ("mri-liver", "motion"),
        ("mri-brain", "noise"),
        ("xray-chest", "blur"),
        ("xray-chest", "low_contrast"),
        ("us-pelvis", "low_gain"),
        ("us-pelvis", "acoustic_shadow"),
        ("histo-colon-ihc", "compression"),
        ("histo-skin-dermis", "defocus"),
        ("fundus-detail", "uneven_illumination"),
        ("fundus-normal", "haze"),
        ("endoscopy-colon-b", "specular_reflection"),
        ("endoscopy-colon-b", "motion_blur"),
    ],
)
def test_a_claimed_statistic_follows_the_simulated_acquisition(name: str, attribute: str) -> None:
    import io

    from PIL import Image

    original, clean = opened(name)
    statistic, sign = attributes()[attribute].signed()[0]
    values = [STATISTICS[statistic](open_picture(clean))]
    for level in ("mild", "severe"):
        png = degraded(original, clean, attribute, level).png
        values.append(STATISTICS[statistic](open_picture(np.asarray(Image.open(io.BytesIO(png))))))
    assert [sign * value for value in values] == sorted(sign * value for value in values)
    assert values[0] != values[2]
