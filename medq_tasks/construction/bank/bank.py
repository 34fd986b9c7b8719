"""The bank read from YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from medq_tasks.construction.bank.entries import Attribute, ContentQuestion, ModalityWords, Prose, Questions


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything that is written about attributes. `vocabulary` lists, by modality, those that can be asked about."""

    attributes: Mapping[str, Attribute]
    questions: Questions
    content: Mapping[str, ContentQuestion]
    prose: Prose
    vocabulary: Mapping[str, tuple[str, ...]]
    words: Mapping[str, ModalityWords]


@cache
def load_bank() -> Bank:
    """The whole bank."""
    modalities = _read("modalities.yaml")
    content = _read("content.yaml")
    content["modality"]["options"] = [entry["name"] for entry in modalities.values()]
    parts = [_read(f"attributes/{name}.yaml") for name in ("general", *modalities)]
    attributes = {key: entry for part in parts for key, entry in part.items()}
    return Bank(
        attributes={key: Attribute.model_validate(entry) for key, entry in attributes.items()},
        questions=Questions.model_validate(_read("questions.yaml")),
        content={key: ContentQuestion.model_validate(entry) for key, entry in content.items()},
        prose=Prose.model_validate(_read("prose.yaml")),
        vocabulary={name: tuple(entry.pop("attributes")) for name, entry in modalities.items()},
        words={name: ModalityWords.model_validate(entry) for name, entry in modalities.items()},
    )


def question_count(bank: Bank) -> int:
    """How many seed questions about quality the bank holds."""
    asked = bank.questions
    by_attribute = sum(len(entry.yes_or_no) + len(entry.how) for entry in bank.attributes.values())
    return by_attribute + sum(map(len, (asked.overall, asked.repeat, asked.what.degraded, asked.what.clean)))


def _read(name: str) -> Any:
    return yaml.safe_load(files(__package__).joinpath(name).read_text(encoding="utf-8"))
