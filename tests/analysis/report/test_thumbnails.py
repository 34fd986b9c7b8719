"""Previews: what is kept is found, what cannot be decoded is left without one, and their number sets their size."""

from __future__ import annotations

import base64
import hashlib
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from analysis.report.thumbnails import preview_uri, previews, side_px
from tests.analysis.fake_run import png


def decoded(uri: str | None) -> Image.Image:
    assert uri is not None
    return Image.open(io.BytesIO(base64.b64decode(uri.removeprefix("data:image/webp;base64,"))))


def test_a_preview_fits_into_the_side_and_keeps_the_shape(tmp_path: Path) -> None:
    Image.new("RGB", (400, 100), (200, 30, 30)).save(tmp_path / "wide.png")
    assert decoded(preview_uri(tmp_path / "wide.png", side=64)).size == (64, 16)


def test_a_very_long_image_still_has_a_preview(tmp_path: Path) -> None:
    Image.new("L", (3000, 2), 90).save(tmp_path / "line.png")
    assert decoded(preview_uri(tmp_path / "line.png", side=64)).width == 64


def test_sixteen_bits_are_stretched_to_what_can_be_seen(tmp_path: Path) -> None:
    ramp = np.linspace(1000, 1400, 64 * 64).reshape(64, 64).astype("uint16")
    Image.fromarray(ramp).save(tmp_path / "ct.png")
    grey = np.asarray(decoded(preview_uri(tmp_path / "ct.png", side=64)).convert("L"))
    assert grey.min() < 20 and grey.max() > 235


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK"])
def test_every_mode_of_a_file_has_a_preview(mode: str, tmp_path: Path) -> None:
    file = tmp_path / ("image.tiff" if mode == "CMYK" else "image.png")
    Image.new("RGB", (32, 32), (10, 200, 90)).convert(mode).save(file)
    assert decoded(preview_uri(file, side=16)).size == (16, 16)


@pytest.mark.parametrize("content", [b"", b"not an image", png(1)[:300]])
def test_a_file_that_cannot_be_decoded_has_no_preview(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(content)
    assert preview_uri(tmp_path / "broken.png", side=64) is None


def test_only_wanted_images_that_were_kept_are_shown_once_each(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    shas = []
    for number in range(3):
        shas.append(hashlib.sha256(png(number)).hexdigest())
        (tmp_path / "images" / f"{shas[-1]}.png").write_bytes(png(number))
    (tmp_path / "images" / "notes.txt").write_text("x")
    found = previews(tmp_path, [shas[0], shas[1], shas[0], "ab" * 32, "../../etc/passwd"])
    assert set(found) == {shas[0], shas[1]}


def test_a_run_that_kept_no_images_has_no_previews(tmp_path: Path) -> None:
    assert previews(tmp_path, ["ab" * 32]) == {}


def test_more_images_get_smaller_previews() -> None:
    sides = [side_px(images) for images in (1, 500, 1305, 3000, 100_000)]
    assert sides == sorted(sides, reverse=True)
    assert sides[-1] == 64
