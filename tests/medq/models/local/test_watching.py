"""A processor under observation."""

from __future__ import annotations

from threading import RLock
from typing import Any

import numpy as np
import pytest
from PIL import Image

from medq.models.interface import Request
from medq.models.local import turn as turns
from medq.models.local.picture import Picture, pixels_sha256
from medq.models.local.processor import ImageOnly
from medq.models.local.turn import Turn
from medq.models.local.watching import Watched
from medq_tasks.item import Item
from tests.tiny_models import tiny

pytestmark = pytest.mark.local
PIXELS = np.random.default_rng(1).integers(0, 256, (56, 84, 3), dtype=np.uint8)


@pytest.fixture
def turn(monkeypatch: pytest.MonkeyPatch) -> Turn:
    """The question of this thread, with one picture."""
    one = Turn(Request(Item("1", "perception", "q", ()), "prompt", ()))
    one.pictures = (Picture(Image.fromarray(PIXELS), pixels_sha256(PIXELS)),)
    monkeypatch.setattr(turns._here, "turn", one, raising=False)
    return one


def watched(family: str = "llava") -> Watched:
    return Watched(ImageOnly().from_pretrained(str(tiny(family))), RLock())


def test_the_image_of_the_question_is_identical(turn: Turn) -> None:
    watched()(text="<image>", images=[turn.pictures[0].image], return_tensors="pt")
    assert turn.seen["pixels_identical"] is True
    assert turn.seen["images"][0]["input"] == [84, 56]


@pytest.mark.parametrize("change", ["jpeg", "resize", "grey", "one_value", "missing"])
def test_a_class_that_changes_the_image_on_its_way_is_caught(turn: Turn, change: str) -> None:
    image = Image.fromarray(PIXELS)
    other = PIXELS.copy()
    other[3, 4, 1] ^= 1
    images: dict[str, list[Any]] = {
        "jpeg": [_through_jpeg(image)],
        "resize": [image.resize((28, 28))],
        "grey": [image.convert("L")],
        "one_value": [Image.fromarray(other)],
        "missing": [],
    }
    text = "<image>" * len(images[change])
    watched()(text=text or "no image", images=images[change] or None, return_tensors="pt")
    assert turn.seen["pixels_identical"] is False


def _through_jpeg(image: Any) -> Any:
    import io

    held = io.BytesIO()
    image.save(held, "JPEG", quality=85)
    return Image.open(held)


def test_a_text_begins_once_where_template_and_tokenizer_both_begin_it(turn: Turn) -> None:
    processor = watched("gemma3")
    core = processor.tokenizer
    from tokenizers.processors import TemplateProcessing

    core.backend_tokenizer.post_processor = TemplateProcessing(
        single="<bos> $A", special_tokens=[("<bos>", core.bos_token_id)]
    )
    image = turn.pictures[0].image
    made = processor(text=["<bos><start_of_image>How?"], images=[image], return_tensors="pt")
    assert made["input_ids"][0].tolist().count(core.bos_token_id) == 1


def test_a_text_keeps_its_only_beginning(turn: Turn) -> None:
    processor = watched("gemma3")
    made = processor(text=["<bos><start_of_image>How?"], images=[turn.pictures[0].image], return_tensors="pt")
    assert made["input_ids"][0].tolist().count(processor.tokenizer.bos_token_id) == 1


def test_empty_lists_of_videos_and_sounds_are_left_out(turn: Turn) -> None:
    made = watched("gemma3")(
        text=["<start_of_image>"], images=[turn.pictures[0].image], videos=[], audios=[], return_tensors="pt"
    )
    assert "pixel_values" in made


def test_attributes_and_methods_are_those_of_the_processor() -> None:
    processor = watched()
    assert type(processor.image_processor).__name__ == "CLIPImageProcessorPil"
    assert processor.batch_decode([processor.tokenizer("sharp").input_ids]) == ["sharp"]
