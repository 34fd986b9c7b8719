"""Every model and judge of the catalogue validates, is pinned, and answers a call under its own configuration."""

from __future__ import annotations

import asyncio
import base64
import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

from medq.catalogue.read import GIVEN_LATER, read_settings
from medq.faultserver import serve
from medq.judging.settings import JudgeSettings
from medq.models.api import ApiModel
from medq.models.credential import missing_credential
from medq.models.interface import Answer, Request
from medq.models.settings import ModelSettings
from medq.paths import CONF, PROJECT
from medq_tasks.images.sent import SentImage
from medq_tasks.item import Item

EMBEDDED = {"random", "iqa", "replay"}
PUBLISHED = PROJECT / "analysis" / "published"
MODELS = sorted(path.stem for path in (CONF / "model").glob("*.yaml") if path.stem not in EMBEDDED)
OPEN_ENDED = {"litellm", "openai_compatible", "hf"}
CHAT_CLASSES = {"qwen2_5_vl", "internvl_hf", "llava_hf", "huggingface"}  # of lmms-eval, those that leave images alone
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


@lru_cache
def model(option: str) -> ModelSettings:
    """The settings of an option; what it leaves open is given."""
    settings = read_settings(option).model_dump()
    return ModelSettings.model_validate(
        settings | {key: value for key, value in OPEN.items() if settings[key] == GIVEN_LATER}
    )


def published(table: str, *, without: str = "reference") -> set[str]:
    """The models of a published table."""
    with (PUBLISHED / table).open(encoding="utf-8") as stream:
        return {row["model"] for row in csv.DictReader(stream) if row["category"] != without}


def swept(option: str) -> list[str]:
    """The models of a sweep, in its order."""
    text = (CONF / "sweep" / f"{option}.yaml").read_text("utf-8")
    line = re.search(r"^ +model: (.+)$", text, re.MULTILINE)
    assert line is not None
    return line[1].split(",")


def refused(settings: ModelSettings) -> bool:
    ways = (settings.local, settings.served)
    return settings.kind == "lmms" and all(way is not None and way.refused for way in ways)


@pytest.mark.parametrize(
    ("paper", "table"),
    [("medq_bench", "table1_perception_noref_test.csv"), ("medq_deg", "medq_deg_accuracy.csv")],
)
def test_each_model_of_a_paper_is_one_option_under_its_name_in_the_table(paper: str, table: str) -> None:
    names = [getattr(model(option).published, paper) for option in MODELS]
    found = [name for name in names if name]
    assert len(found) == len(set(found))
    assert set(found) == published(table)


def test_a_sweep_over_a_paper_s_models_has_all_that_can_run() -> None:
    bench = {option for option in MODELS if model(option).published.medq_bench}
    deg = {option for option in MODELS if model(option).published.medq_deg}
    assert sorted(swept("paper_models")) == sorted(bench)
    assert sorted(swept("medq_deg_models")) == sorted(option for option in deg if not refused(model(option)))


@pytest.mark.parametrize("option", MODELS)
def test_every_model_is_named_by_the_word_that_is_typed_and_decodes_as_in_the_paper(option: str) -> None:
    settings = model(option)
    assert settings.name == option
    assert settings.kind in ("litellm", "lmms")
    assert settings.temperature == 0
    assert settings.max_tokens is not None
    assert settings.max_tokens >= 2048


@pytest.mark.parametrize("option", sorted(set(MODELS) - OPEN_ENDED))
def test_every_model_is_pinned_or_says_why_not(option: str) -> None:
    settings = model(option)
    assert settings.id is not None
    if settings.kind == "lmms":
        assert settings.parameters_b
        assert settings.revision is None or re.fullmatch("[0-9a-f]{40}", settings.revision)
        assert settings.revision or "no commit pinned" in (settings.note or "")
        assert refused(settings) or settings.licence
    else:
        assert settings.price is not None
        assert settings.price.as_of is not None
        dated = any(character.isdigit() for character in settings.id.rpartition("-")[2])
        assert dated or settings.note


@pytest.mark.parametrize("option", [option for option in MODELS if option not in ("litellm", "openai_compatible")])
def test_open_weights_run_through_a_class_that_leaves_images_alone_or_say_why_not(option: str) -> None:
    settings = model(option)
    if settings.kind != "lmms":
        return
    assert settings.local is not None
    assert settings.served is not None
    assert (settings.local.model is None) == (settings.local.refused is not None)
    assert settings.local.refused or settings.local.model in CHAT_CLASSES
    assert not (settings.local.trust_remote_code and settings.local.refused is None)


def test_transformers_has_the_architectures_that_run_in_process_and_lacks_those_that_are_refused() -> None:
    auto = pytest.importorskip("transformers.models.auto.modeling_auto")
    known = set(auto.MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING_NAMES)
    runs = {"qwen2_vl", "qwen2_5_vl", "qwen3_vl_moe", "internvl", "llava", "gemma3", "idefics3", "mistral3", "janus"}
    assert runs | {"glm4v_moe"} <= known
    assert not known & {"internvl_chat", "deepseek_vl_v2", "bagel", "multi_modality", "hulumed_qwen2", "hulumed_qwen3"}


@pytest.mark.parametrize("option", MODELS)
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
