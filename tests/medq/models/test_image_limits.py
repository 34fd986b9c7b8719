"""Limits on images."""

from __future__ import annotations

import pytest

from medq.models.image_limits import broken_limit, resized_by_provider
from medq.models.settings import ImageSettings, ProviderResize
from medq_tasks.images.sent import SentImage


def image(width: int, height: int, size: int = 4) -> SentImage:
    return SentImage(
        b"x" * size, "image/png", "h", "png", width, height, 8, "h", "png", bit_identical=True, lossless=True
    )


def test_limits_that_hold_are_silent() -> None:
    limits = ImageSettings(max_count=2, max_mb=0.001, max_px=100)
    assert broken_limit([image(100, 100, 1000), image(1, 1)], limits) is None
    assert broken_limit([image(10_000, 10_000, 10_000)] * 50, ImageSettings()) is None


def test_the_number_of_the_image_and_both_values_are_told() -> None:
    said = broken_limit([image(10, 10), image(50, 101)], ImageSettings(max_px=100))
    assert said == "model.images.max_px: expected sides of at most 100 px, got 101 px in image 2"


@pytest.mark.parametrize(
    ("size", "resized"), [((768, 2048), False), ((768, 2049), True), ((769, 769), True), ((300, 300), False)]
)
def test_a_provider_s_rule_looks_at_both_sides(size: tuple[int, int], resized: bool) -> None:
    rule = ImageSettings(provider_resize=ProviderResize(long_px=2048, short_px=768))
    assert resized_by_provider([image(1, 1), image(*size)], rule) is resized
    assert not resized_by_provider([image(*size)], ImageSettings())
