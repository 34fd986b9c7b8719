"""Every model and judge of the catalogue validates and answers a call under its own configuration."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path
from typing import Any

import pytest
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

from medq.faultserver import serve
from medq.judging.settings import JudgeSettings
from medq.models.api import ApiModel
from medq.models.credential import missing_credential
from medq.models.interface import Answer, Request
from medq.models.settings import ModelSettings
from medq.paths import CONF
from medq_tasks.images.sent import SentImage
from medq_tasks.item import Item

EMBEDDED = {"random", "iqa", "replay"}
PAPER = [
    "qwen7b",
    "qwen32b",
    "qwen72b",
    "internvl8b",
    "internvl38b",
    "bimedix2",
    "lingshu32b",
    "medgemma27b",
    "mistral_medium3",
    "claude4_sonnet",
    "gemini25_pro",
    "grok4",
    "gpt4o",
    "gpt5",
]
APIS = sorted(path.stem for path in (CONF / "model").glob("*.yaml") if path.stem not in EMBEDDED)
JUDGES = sorted(path.stem for path in (CONF / "judge").glob("*.yaml"))
OPEN = {"id": "openai/some-model", "api_base": "http://127.0.0.1:8000/v1"}
PNG = b"\x89PNG\r\n\x1a\n not decoded on the way"


def section(group: str, option: str) -> Any:
    """The composed section of one option; what an option leaves open is given."""
    text = Path(CONF / group / f"{option}.yaml").read_text("utf-8")
    given = [f"{group}.{key}={value}" for key, value in OPEN.items() if f"\n{key}: ???" in text]
    with initialize_config_dir(str(CONF), version_base="1.3"):
        composed = compose("config", ["+task=perception", f"{group}={option}", *given])
    return OmegaConf.to_container(composed[group], resolve=True)


def model(option: str) -> ModelSettings:
    return ModelSettings.model_validate(section("model", option))


def test_all_models_of_the_paper_are_there() -> None:
    assert set(PAPER) <= set(APIS)


@pytest.mark.parametrize("option", APIS)
def test_every_model_is_named_by_the_word_that_is_typed_and_decodes_as_in_the_paper(option: str) -> None:
    settings = model(option)
    assert settings.name == option
    assert settings.kind in ("litellm", "lmms")
    assert settings.temperature == 0
    assert settings.max_tokens is not None
    assert settings.max_tokens >= 2048


@pytest.mark.parametrize("option", PAPER)
def test_every_model_of_the_paper_is_pinned_or_says_why_not(option: str) -> None:
    settings = model(option)
    assert settings.id is not None
    if settings.kind == "lmms":
        assert settings.served is not None
        assert settings.local is not None
        assert settings.licence
        assert settings.parameters_b
        pinned = settings.revision is not None
    else:
        assert settings.price is not None
        assert settings.price.as_of is not None
        pinned = any(character.isdigit() for character in settings.id.rpartition("-")[2])
    assert pinned or settings.note


@pytest.mark.parametrize("option", APIS)
def test_every_model_answers_a_call_with_two_images_under_its_own_configuration(
    option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = model(option)
    if settings.kind == "lmms":
        settings = ModelSettings.model_validate(settings.model_dump() | {"api_base": OPEN["api_base"]})
    missing = missing_credential(settings)
    if missing:
        for name in missing.split():
            if name.isupper() and "_" in name:
                monkeypatch.setenv(name.strip(","), "planted-0123456789")
    picture = SentImage(PNG, "image/png", "h", "png", 64, 64, 8, "h", "png", bit_identical=True, lossless=True)
    question = Request(Item("i", "comparison", "q", ()), "Which?\nA. first\nB. second", (picture, picture))

    async def ask(api_base: str) -> Any:
        api = ApiModel(settings.model_copy(update={"api_base": api_base}))
        try:
            return (await api.answer([question]))[0], api.identity
        finally:
            await api.close()

    with serve() as server:
        root = settings.id is not None and settings.id.startswith(("anthropic/", "gemini/"))
        answer, identity = asyncio.run(ask(server.root if root else server.url))
        prompt = server.server.last_prompt
    assert isinstance(answer, Answer), answer
    assert answer.text in ("A", "B")
    assert answer.returned_model == identity["id"].partition("/")[2]
    assert prompt is not None
    assert [base64.b64decode(sent.rpartition(",")[2]) for sent in prompt.images] == [PNG, PNG]
    assert (answer.cost_usd is not None) == (settings.price is not None)
    assert ("temperature" in identity["decoding"]) != ("temperature" in identity["dropped_parameters"])


@pytest.mark.parametrize("option", JUDGES)
def test_every_judge_validates_at_temperature_0_with_its_members_pinned(option: str) -> None:
    settings = JudgeSettings.model_validate(section("judge", option))
    assert settings.name == option
    assert settings.temperature == 0
    assert settings.protocol == "paper"
    assert (settings.id is None) == (settings.kind in ("rules", "panel"))
    assert len(settings.panel) == (3 if settings.kind == "panel" else 0)


def test_the_judge_of_the_paper_is_a_dated_snapshot() -> None:
    assert JudgeSettings.model_validate(section("judge", "gpt4o")).id == "openai/gpt-4o-2024-08-06"
