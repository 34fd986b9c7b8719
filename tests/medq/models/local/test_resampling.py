"""What a processor made of an image, as the record says it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PIL import Image

from medq.models.local.processor import ImageOnly
from medq.models.local.resampling import resamplings
from tests.tiny_models import tiny

pytestmark = pytest.mark.local
TOKENS = {"qwen2_5_vl": "<|image_pad|>", "internvl": "<IMG_CONTEXT>", "llava": "<image>", "gemma3": "<start_of_image>"}


def made(family: str, sizes: list[tuple[int, int]], **options: Any) -> tuple[list[dict[str, Any]], Any]:
    processor = ImageOnly().from_pretrained(str(tiny(family)))
    images = [Image.fromarray(np.zeros((height, width, 3), np.uint8)) for width, height in sizes]
    inputs = processor(text=[TOKENS[family] * len(sizes)], images=images, return_tensors="pt", **options)
    return resamplings(inputs, processor.image_processor, sizes, options=options), inputs


@pytest.mark.parametrize(
    ("size", "resized"),
    [((196, 196), (196, 196)), ((150, 100), (140, 112)), ((30, 40), (56, 84)), ((784, 196), (392, 84))],
)
def test_qwen_resamples_to_multiples_of_28_within_its_bounds(size: tuple[int, int], resized: tuple[int, int]) -> None:
    (found,), inputs = made("qwen2_5_vl", [size])
    assert found["resized"] == list(resized)
    assert found["patch_grid"] == [1, resized[1] // 14, resized[0] // 14]
    assert inputs["pixel_values"].shape[0] == found["patch_grid"][1] * found["patch_grid"][2]
    assert found["pixels_kept"] == round(resized[0] * resized[1] / (size[0] * size[1]), 4)


def test_two_images_of_qwen_are_told_apart() -> None:
    found, _ = made("qwen2_5_vl", [(56, 84), (112, 56)])
    assert [one["resized"] for one in found] == [[56, 84], [112, 56]]
    assert [one["pixels_kept"] for one in found] == [1.0, 1.0]


@pytest.mark.parametrize("sizes", [[(60, 90)], [(56, 56)], [(300, 60), (60, 60)], [(333, 222), (50, 400)]])
def test_the_tiles_of_internvl_are_as_many_as_the_tensor_holds(sizes: list[tuple[int, int]]) -> None:
    found, inputs = made("internvl", sizes)
    assert sum(one["patch_grid"][0] for one in found) == inputs["pixel_values"].shape[0]
    for one in found:
        tiles, rows, columns = one["patch_grid"]
        assert one["resized"] == [56 * columns, 56 * rows]
        assert tiles == rows * columns + (rows * columns > 1), "and a thumbnail beside several"


def test_a_limit_of_tiles_that_the_call_sets_counts_before_the_processors_own() -> None:
    found, inputs = made("internvl", [(300, 60)], min_patches=1, max_patches=2)
    assert found[0]["patch_grid"] == [3, 1, 2]
    assert inputs["pixel_values"].shape[0] == 3


def test_what_a_crop_leaves_of_an_oblong_image_is_said() -> None:
    (found,), _ = made("llava", [(112, 56)])
    assert found["in_view"] == 0.5
    assert found["pixels_kept"] == 1.0
    assert found["resized"] == [56, 56]


def test_gemma_sees_the_whole_image_in_a_square() -> None:
    (found,), _ = made("gemma3", [(112, 56)])
    assert "in_view" not in found
    assert (found["resized"], found["pixels_kept"]) == ([56, 56], 0.5)
