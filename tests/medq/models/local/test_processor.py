"""A model's own processor for text and images alone, the same on every machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from medq.models.local.processor import ImageOnly, pixel_bounds
from tests.tiny_models import CLASSES, tiny

pytestmark = pytest.mark.local
# Made by `tests/medq/models/local/qwen_reference.py` with torchvision 0.28.0 and qwen-vl-utils beside transformers.
REFERENCE = Path(__file__).parent / "qwen_reference.json"


@pytest.mark.parametrize("family", sorted(CLASSES))
def test_images_are_resampled_by_pillow_whatever_is_installed(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from transformers import AutoImageProcessor

    honest, backends = AutoImageProcessor.from_pretrained, []

    def from_pretrained(*args: Any, **options: Any) -> Any:
        backends.append(options.get("backend"))
        return honest(*args, **options)

    monkeypatch.setattr(AutoImageProcessor, "from_pretrained", from_pretrained)
    assert type(ImageOnly().from_pretrained(str(tiny(family))).image_processor).__name__.endswith("Pil")
    assert backends == ["pil"]


@pytest.mark.parametrize("family", sorted(CLASSES))
def test_there_is_no_part_that_reads_video_or_sound(family: str) -> None:
    processor = ImageOnly().from_pretrained(str(tiny(family)))
    assert processor.get_attributes() == ["image_processor", "tokenizer"]
    assert not hasattr(processor, "video_processor")


@pytest.mark.parametrize("name", ["preprocessor_config.json", "tokenizer_config.json", None])
def test_the_class_is_found_where_older_checkpoints_name_it(name: str | None, tmp_path: Path) -> None:
    for file in tiny("qwen2_5_vl").iterdir():
        if file.suffix != ".safetensors":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    held = json.loads((tmp_path / "processor_config.json").read_text())
    (tmp_path / "processor_config.json").unlink()
    (tmp_path / "preprocessor_config.json").write_text(json.dumps(held["image_processor"]))
    tokenizer = json.loads((tmp_path / "tokenizer_config.json").read_text())
    del tokenizer["processor_class"]
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(tokenizer))
    if name is not None:
        written = json.loads((tmp_path / name).read_text())
        (tmp_path / name).write_text(json.dumps(written | {"processor_class": "Qwen2_5_VLProcessor"}))
    assert type(ImageOnly().from_pretrained(str(tmp_path))).__name__ == "Qwen2_5_VLProcessor"
    assert pixel_bounds(tmp_path) == (56 * 56, 196 * 196)


def test_a_folder_that_names_no_processor_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "no_such_type"}')
    with pytest.raises(ValueError, match="names no processor that transformers"):
        ImageOnly().from_pretrained(str(tmp_path))


@pytest.mark.parametrize(("family", "bounds"), [("qwen2_5_vl", (3136, 38416)), ("gemma3", None), ("llava", None)])
def test_only_a_processor_that_counts_pixels_has_bounds(family: str, bounds: tuple[int, int] | None) -> None:
    assert pixel_bounds(tiny(family)) == bounds


def test_the_names_of_bounds_in_the_published_checkpoint_are_read(tmp_path: Path) -> None:
    published = {"min_pixels": 3136, "max_pixels": 12845056, "image_processor_type": "Qwen2VLImageProcessor"}
    (tmp_path / "preprocessor_config.json").write_text(json.dumps(published))
    assert pixel_bounds(tmp_path) == (3136, 12845056)


def picture(width: int, height: int) -> Any:
    """A colour ramp with a checkerboard, which shows how an image was resampled."""
    y, x = np.mgrid[0:height, 0:width]
    board = 60 * ((x // 7 + y // 5) % 2)
    ramp = np.stack([x * 195 // width, y * 195 // height, (x + y) * 195 // (width + height)], -1)
    return Image.fromarray((ramp + board[..., None]).astype(np.uint8))


@pytest.mark.parametrize("size", ["150x100", "56x28", "640x480", "33x900"])
def test_the_tensors_are_those_of_the_path_with_torchvision_and_qwen_vl_utils(size: str) -> None:
    expected = json.loads(REFERENCE.read_text())[size]
    processor = ImageOnly((56 * 56, 12845056)).from_pretrained(str(tiny("qwen2_5_vl")))
    width, height = map(int, size.split("x"))
    chat = [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "Is it sharp?"}]}]
    text = processor.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)
    made = processor(text=[text], images=[picture(width, height)], return_tensors="pt")
    assert made["input_ids"][0].tolist() == expected["input_ids"]
    assert made["mm_token_type_ids"][0].tolist() == expected["mm_token_type_ids"]
    assert made["image_grid_thw"].tolist() == expected["image_grid_thw"]
    values = made["pixel_values"].double()
    assert list(values.shape) == expected["shape"]
    assert values.sum().item() == pytest.approx(expected["sum"], abs=1e-7 * values.numel())
    assert values.square().sum().item() == pytest.approx(expected["squares"], rel=1e-6)
    assert values[:: max(1, len(values) // 8), ::147].flatten().tolist() == pytest.approx(expected["some"], abs=2e-6)
