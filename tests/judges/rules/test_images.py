"""Names of the two images, and what only looks like one."""

from __future__ import annotations

import pytest

from judges.rules.images import image_names, names_both

FIRST = [
    "the first image", "The left image", "Image 1", "image one", "Image A", "image (A)", "the former",
    "the left MRI scan",     "the first axial CT slice", "scan A", "the image on the left", "the 1st image",
    "Picture 1", "IMAGE A",
]  # fmt: skip
SECOND = [
    "the second image", "The right image", "Image 2", "Image B", "the latter", "the second one", "Panel B", "image #2",
    "the right-hand image", "the rightmost panel", "the image on the right", "the 2nd scan",
]  # fmt: skip
NEITHER = [
    "the left ventricle", "the right kidney", "image a bit blurred", "the second most common artifact", "this image",
    "the image", "in image b-mode", "at first sight", "the first of all", "grade 2 image",
]  # fmt: skip


@pytest.mark.parametrize("text", FIRST)
def test_the_first_image_is_recognised(text: str) -> None:
    assert [name.which for name in image_names(text)] == ["first"]


@pytest.mark.parametrize("text", SECOND)
def test_the_second_image_is_recognised(text: str) -> None:
    assert [name.which for name in image_names(text)] == ["second"]


@pytest.mark.parametrize("text", NEITHER)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert image_names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "sharper than the first image",
        "compared to the first image",
        "unlike Image 1",
        "in contrast to the left image",
        "outperforms image A",
        "superior to that of the first image",
    ],
)
def test_the_image_that_is_compared_with_is_an_object(text: str) -> None:
    assert [name.is_object for name in image_names(text)] == [True]


def test_both_images_are_named_together() -> None:
    assert names_both("Both images are sharp")
    assert names_both("the two MRI scans are sharp")
    assert not names_both("the second image is sharp")
