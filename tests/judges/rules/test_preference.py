"""The conclusion of a comparison, as models really write it."""

from __future__ import annotations

import pytest

from judges.rules.preference import read_preference

CASES = [
    ("Overall, the first image has higher quality.", "first"),
    ("Overall, the second image has higher quality.", "second"),
    ("Overall, the second image has lower quality.", "first"),
    ("Overall, the second image has lower noise and higher quality.", "second"),
    ("Overall, the second image has higher contrast but lower quality.", "first"),
    ("Overall, the first image is of lower quality.", "second"),
    ("Overall, the left image is of clearly higher quality.", "first"),
    ("Overall, the right image is of much higher quality.", "second"),
    ("Overall, Image 2 is of higher quality.", "second"),
    ("Overall, image B has better quality.", "second"),
    ("**Conclusion:** Image A has the superior quality.", "first"),
    ("Conclusion: Image 1 offers superior diagnostic quality, providing clearer visualization.", "first"),
    ("Overall, Image 1 demonstrates superior clarity and quality.", "first"),
    ("Overall, the former is of higher quality than the latter.", "first"),
    ("The latter has higher quality.", "second"),
    ("Overall, the first image has higher quality than the second image.", "first"),
    ("Overall, compared to the first image, the second image has higher quality.", "second"),
    ("Overall, the second image, compared with the first, has higher quality.", "second"),
    ("Overall, the first image has lower quality than the second.", "second"),
    ("Overall, higher quality is seen in the second image.", "second"),
    ("The image with higher quality is the second image.", "second"),
    ("The higher quality image is Image 1.", "first"),
    ("Overall, the quality of the first image is higher.", "first"),
    ("Overall, the quality of the second image is worse.", "first"),
    ("Overall, the second image appears lower in quality.", "first"),
    ("Overall, the first image is better.", "first"),
    ("Overall, the second image is worse.", "first"),
    ("Overall, the first image is superior to the second.", "first"),
    ("Overall, the first image is inferior to the second.", "second"),
    ("Overall, the second image is not better than the first image.", "first"),
    ("Overall, the first image does not have higher quality than the second.", "second"),
    ("Overall, the second image is not as good as the first.", "first"),
    ("Overall, image 2 outperforms image 1.", "second"),
    ("Overall, the second scan is more suitable for diagnosis.", "second"),
    ("Overall, the second scan is less suitable for diagnosis.", "first"),
    ("I prefer the second image.", "second"),
    ("Overall, the left MRI image is preferable.", "first"),
    ("Overall, the image on the right is of higher quality.", "second"),
    ("Overall, the first one is clearer.", "first"),
    ("The first image is noisy. The second image is sharp. Therefore the second image is of higher quality.", "second"),
    ("The second image is of higher quality. The left ventricle is visible.", "second"),
    ("Overall, both images have equal quality.", "equal"),
    ("Overall, both images are of similar quality.", "equal"),
    ("Overall, there is no difference in quality between the two images.", "equal"),
    ("Overall, neither image is better.", "equal"),
    ("Neither image is of high quality, but the second is better.", "second"),
    ("Overall, both images are of equal quality, although the first is sharper.", "equal"),
    ("Hence, Image A > Image B.", "first"),
    ("Image 1 < Image 2", "second"),
    ("Overall, the first image is degraded, so the second image has the higher quality.", "second"),
    ("Overall, due to severe noise in the first image, the second image is of higher quality.", "second"),
    ("Overall, the image on the left has higher quality than the one on the right.", "first"),
    ("Overall, the second image, with its lower noise, has higher quality than the first, which is blurred.", "second"),
    ("Conclusion: Image 1", "first"),
    ("Answer: the second image", "second"),
    ("Image B.", "second"),
    ("Winner: left image", "first"),
    ("Although the first image has higher contrast, overall the second image has higher quality.", "second"),
    ("Overall, while the second image is brighter, the first image has higher quality.", "first"),
    ("Both images show the brain.", None),
    ("The image quality is good.", None),
    ("Overall, the quality of this image is reject.", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "conclusion"), CASES)
def test_the_better_image_is_read(text: str, conclusion: str | None) -> None:
    assert read_preference(text).conclusion == conclusion, read_preference(text)


def test_the_left_ventricle_is_not_the_left_image() -> None:
    assert read_preference("The left ventricle is better in quality.").conclusion is None


def test_two_statements_that_disagree_are_ambiguous() -> None:
    preference = read_preference("Overall, the first image has higher quality and the second image has higher quality.")
    assert (preference.conclusion, preference.rule) == (None, "ambiguous")


SWAP = {
    "first": "second", "second": "first", "left": "right", "right": "left", "Image 1": "Image 2", "Image 2": "Image 1",
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Overall, the first image has higher quality than the second image.",
        "Overall, compared to the left image, the right image is inferior.",
        "Image 1 is noisy. Overall, Image 2 is of higher quality.",
        "Overall, the second image falls short of the first image.",
    ],
)
def test_exchanging_the_names_exchanges_the_conclusion(text: str) -> None:
    exchanged = " ".join(SWAP.get(word, word) for word in text.split(" "))
    exchanged = exchanged.replace("Image 1", "Image #").replace("Image 2", "Image 1").replace("Image #", "Image 2")
    one, other = read_preference(text).conclusion, read_preference(exchanged).conclusion
    assert {one, other} == {"first", "second"}
