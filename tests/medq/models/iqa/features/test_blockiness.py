"""Blocks of JPEG."""

import io

import numpy as np
import pytest
from PIL import Image

from medq.models.iqa.features.blockiness import blockiness
from medq.models.iqa.picture import open_picture
from tests.medq.models.iqa.features.pictures import grey, scene


def jpeg(quality: int) -> np.ndarray:
    out = io.BytesIO()
    Image.fromarray((scene() * 255).astype(np.uint8)).save(out, "JPEG", quality=quality)
    return np.asarray(Image.open(out))


def test_it_rises_as_the_quality_of_a_jpeg_falls() -> None:
    values = [blockiness(open_picture(jpeg(quality))) for quality in (95, 50, 20, 8)]
    assert values == sorted(values)
    assert values[-1] > 0.3


def test_a_scene_without_blocks_has_next_to_none() -> None:
    assert abs(blockiness(grey(scene()))) < 0.05


def test_flat_blocks_have_all_steps_at_their_edges() -> None:
    blocks = np.kron(np.random.default_rng(0).random((20, 20)), np.ones((8, 8)))
    assert blockiness(grey(blocks)) == pytest.approx(1)


def test_steps_every_five_pixels_are_no_jpeg_blocks() -> None:
    blocks = np.kron(np.random.default_rng(0).random((32, 32)), np.ones((5, 5)))
    assert abs(blockiness(grey(blocks))) < 0.2
