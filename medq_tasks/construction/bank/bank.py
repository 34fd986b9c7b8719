"""The bank read from YAML: that of the sample set, and what other modalities and attributes add to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from medq_tasks.sample.catalogue import Attribute, Entry, Prose, Questions


class ModalityWords(Entry):
    """How images of a modality are called where a spec does not say it."""

    name: str
    nouns: tuple[str, ...]
    subject: str
    structures: str


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything that is written about attributes. `vocabulary` lists, by modality, those that can be asked about."""

    attributes: Mapping[str, Attribute]
    questions: Questions
    prose: Prose
    vocabulary: Mapping[str, tuple[str, ...]]
    words: Mapping[str, ModalityWords]


@cache
def load_bank() -> Bank:
    """The whole bank."""
    package = "medq_tasks.construction.bank"
    added = _read(package, "questions.yaml")
    questions = _read("medq_tasks.sample", "questions.yaml")
    for kind in ("yes_or_no", "how"):
        questions[kind] |= added[kind]
    attributes = _read("medq_tasks.sample", "attributes.yaml") | _read(package, "attributes.yaml")
    modalities = _read(package, "modalities.yaml")
    return Bank(
        attributes={key: Attribute.model_validate(entry) for key, entry in attributes.items()},
        questions=Questions.model_validate(questions),
        prose=Prose.model_validate(_read("medq_tasks.sample", "prose.yaml")),
        vocabulary={name: tuple(entry.pop("attributes")) for name, entry in modalities.items()},
        words={name: ModalityWords.model_validate(entry) for name, entry in modalities.items()},
    )


def question_count(bank: Bank) -> int:
    """How many seed questions the bank holds; templates for any attribute count once each."""
    asked = bank.questions
    by_attribute = [*asked.yes_or_no.values(), *asked.how.values()]
    rest = (asked.overall, asked.repeat, asked.what.degraded, asked.what.clean)
    return sum(map(len, by_attribute)) + sum(map(len, rest))


def _read(package: str, name: str) -> Any:
    return yaml.safe_load(files(package).joinpath(name).read_text(encoding="utf-8"))
