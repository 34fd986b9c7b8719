"""Which of lmms-eval's classes may answer."""

from __future__ import annotations

import inspect

import pytest

from medq.errors import ConfigError
from medq.models.local.classes import ALLOWED, REFUSED, chat_class


@pytest.mark.parametrize("name", ["qwen2_vl", "gemma3", "gemma4", "glm4v", "llama4_scout", "claude"])
def test_a_class_that_sends_jpeg_is_refused_by_name_with_the_reason_and_what_to_use(name: str) -> None:
    with pytest.raises(ConfigError, match=rf"model.local.model={name}: .*JPEG of quality 85.*; use huggingface$"):
        chat_class(name)


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("vllm", "hardware=vllm_local or hardware=vllm"),
        ("sglang", "hardware=sglang"),
        ("internvl3", "internvl_hf"),
        ("llava", "llava_hf"),
    ],
)
def test_a_refusal_says_what_to_use_instead(name: str, instead: str) -> None:
    with pytest.raises(ConfigError, match=f"; use {instead}$"):
        chat_class(name)


@pytest.mark.parametrize("name", ["aria", "no_such_class", ""])
def test_a_class_that_nobody_checked_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="has not been checked"):
        chat_class(name)


def test_no_class_at_all_is_an_error() -> None:
    with pytest.raises(ConfigError, match=r"model\.local\.model: expected"):
        chat_class(None)


@pytest.mark.local
@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_an_allowed_class_is_a_chat_class_that_encodes_no_image(name: str) -> None:
    from medq.models.local.loading import import_class

    found = import_class(name)
    assert found.is_simple is False
    source = inspect.getsource(found.generate_until)
    assert "JPEG" not in source
    assert "encode_image" not in source
    assert "convert(" not in source


@pytest.mark.local
@pytest.mark.parametrize("name", ["qwen2_vl", "gemma3", "gemma4", "glm4v", "llama4_scout", "claude"])
def test_what_is_refused_for_its_jpeg_does_write_jpeg(name: str) -> None:
    from importlib.util import find_spec
    from pathlib import Path

    package = find_spec("lmms_eval")
    assert package is not None
    assert package.origin is not None
    source = (Path(package.origin).parent / "models" / "simple" / f"{name}.py").read_text()
    assert "JPEG" in source.upper()


@pytest.mark.local
def test_every_refused_name_is_one_of_lmms_eval() -> None:
    from lmms_eval.models import AVAILABLE_CHAT_TEMPLATE_MODELS, AVAILABLE_SIMPLE_MODELS

    assert set(REFUSED) <= set(AVAILABLE_CHAT_TEMPLATE_MODELS) | set(AVAILABLE_SIMPLE_MODELS)
