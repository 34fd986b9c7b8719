"""Pictures come from kept files alone, and never from outside the run's folder of images."""

from __future__ import annotations

from pathlib import Path

import pytest

from medq.log.pictures import kept_image
from tests.analysis.fake_run import image_record, png


@pytest.mark.parametrize("sent_format", ["png", "PNG"])
def test_a_kept_image_is_found_by_hash_and_format(sent_format: str, tmp_path: Path) -> None:
    record = image_record(png(1), sent_format=sent_format)
    file = tmp_path / "images" / f"{record.sent_sha256}.png"
    file.parent.mkdir()
    assert kept_image(tmp_path, record) is None
    file.write_bytes(png(1))
    assert kept_image(tmp_path, record) == file


def test_a_hash_that_is_a_path_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "secret.png").write_bytes(png(1))
    assert kept_image(tmp_path, image_record(b"x", sent_sha256="../secret")) is None
