"""The degraded images: visible when mild, clearly worse when severe."""

import io
from collections import Counter, defaultdict

import numpy as np
import pytest
from PIL import Image
from skimage.metrics import peak_signal_noise_ratio

from medq_tasks.sample.variants import Variant, to_png

VISIBLE_DB = 42.0
STEP_DB = 2.5


def pixels(variant: Variant) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(variant.png)))


def test_every_attribute_of_an_image_comes_mild_and_severe_beside_one_original(variants: list[Variant]) -> None:
    levels = defaultdict(Counter)
    for variant in variants:
        levels[variant.original.id][variant.level] += 1
    for variant in variants:
        count = len(variant.original.attributes)
        assert levels[variant.original.id] == {"none": 1, "mild": count, "severe": count}


def test_mild_is_visible_and_severe_is_clearly_worse(variants: list[Variant]) -> None:
    clean = {variant.original.id: pixels(variant) for variant in variants if variant.attribute is None}
    distance = {
        (variant.original.id, variant.attribute, variant.level): peak_signal_noise_ratio(
            clean[variant.original.id], pixels(variant)
        )
        for variant in variants
        if variant.attribute is not None
    }
    for (name, attribute, level), decibel in distance.items():
        if level == "mild":
            assert decibel <= VISIBLE_DB, (name, attribute)
            assert distance[name, attribute, "severe"] <= decibel - STEP_DB, (name, attribute)


def test_a_degraded_image_is_simulated_and_an_original_is_what_it_is(variants: list[Variant]) -> None:
    for variant in variants:
        expected = "authentic" if variant.attribute is None and not variant.original.rendered else "simulated"
        assert variant.source == expected


def test_no_image_occurs_twice(variants: list[Variant]) -> None:
    assert len({variant.png for variant in variants}) == len(variants)


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3)])
def test_a_png_keeps_every_pixel(shape: tuple[int, ...]) -> None:
    values = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(to_png(values)))), values)
