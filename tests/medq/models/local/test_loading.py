"""Weights loaded as the configuration says."""

from __future__ import annotations

import sys

import pytest

from medq.hardware import HardwareSettings
from medq.models.settings import LocalSettings
from tests.tiny_models import CLASSES, tiny

pytestmark = pytest.mark.local


@pytest.mark.parametrize("family", sorted(CLASSES))
@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_every_weight_has_the_configured_type_whatever_the_class_asks_for(family: str, dtype: str) -> None:
    import torch

    from medq.models.local.loading import load

    loaded = load(tiny(family), LocalSettings(model=CLASSES[family]), HardwareSettings(name="cpu", dtype=dtype))
    assert {one.dtype for one in loaded.model.parameters()} == {getattr(torch, dtype)}
    assert {one.device.type for one in loaded.model.parameters()} == {"cpu"}
    assert not loaded.model.training


def test_every_family_has_its_language_head() -> None:
    from medq.models.local.loading import load

    loaded = load(tiny("gemma3"), LocalSettings(model="huggingface"), HardwareSettings(name="cpu"))
    assert type(loaded.model).__name__ == "Gemma3ForConditionalGeneration"


def test_the_attention_is_the_configured_one() -> None:
    from medq.models.local.loading import load

    place = HardwareSettings(name="cpu", attention="eager")
    loaded = load(tiny("llava"), LocalSettings(model="llava_hf"), place)
    assert loaded.model.config._attn_implementation == "eager"


def test_nothing_stays_replaced_in_other_libraries() -> None:
    from transformers import AutoProcessor, PreTrainedModel

    from medq.models.local.loading import load

    before = PreTrainedModel.__dict__["from_pretrained"]
    load(tiny("qwen2_5_vl"), LocalSettings(model="qwen2_5_vl"), HardwareSettings(name="cpu"))
    import lmms_eval.models.simple.qwen2_5_vl as module

    assert PreTrainedModel.__dict__["from_pretrained"] is before
    assert module.AutoProcessor is AutoProcessor
    assert "decord" not in sys.modules


def test_loading_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    from medq.models.local.loading import load

    load(tiny("qwen2_5_vl"), LocalSettings(model="qwen2_5_vl"), HardwareSettings(name="cpu"))
    assert capfd.readouterr() == ("", "")


def test_bounds_that_the_processor_does_not_have_are_an_error() -> None:
    from medq.models.local.loading import load

    bounded = HardwareSettings(name="cpu", max_pixels=1000)
    with pytest.raises(ValueError, match="its processor has no such bounds"):
        load(tiny("gemma3"), LocalSettings(model="huggingface"), bounded)


def test_an_argument_that_the_class_does_not_have_is_an_error_with_its_words() -> None:
    from medq.models.local.loading import load

    wrong = LocalSettings(model="llava_hf", args={"no_such_argument": 1})
    with pytest.raises(AssertionError, match="no_such_argument"):
        load(tiny("llava"), wrong, HardwareSettings(name="cpu"))


def test_images_of_a_chat_go_to_the_processor_as_they_are() -> None:
    from medq.models.local.loading import images_as_they_are

    chat = [{"role": "user", "content": [{"type": "image", "image": "one"}, {"type": "text", "text": "which?"}]}]
    assert images_as_they_are([chat, chat], return_video_kwargs=True) == (["one", "one"], None, {})
