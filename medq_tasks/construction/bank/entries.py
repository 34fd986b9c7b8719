"""The records of the bank's YAML files, checked on reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Literal["none", "mild", "severe"]


class Entry(BaseModel):
    """A frozen record; an unknown key in a YAML file is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class HowQuestion(Entry):
    """A question and the name of the ordered scale that answers it."""

    question: str
    scale: str


class Attribute(Entry):
    """A quality attribute: its words, what looks like it, what produces it, and what is asked about it.

    `label` is the option text of a What question, `phrase` the words inside a sentence, `noun` stands in for the phrase
    where that does not follow "no". `family` groups attributes that look alike, never told apart in one question;
    `unlike` lists further ones that must not be denied on an image degraded with this one, because its traces could be
    read as theirs. `degradation` is an id, or one by modality with `any` for the others; `parameters` of it are fixed
    at both levels. `seen` are the sentences of a reference description.
    """

    label: str
    phrase: str
    noun: str | None = None
    concern: Literal["general", "modality_specific"]
    family: str
    unlike: tuple[str, ...] = ()
    degradation: str | Mapping[str, str]
    parameters: Mapping[str, Any] = {}
    seen: Mapping[Level, str]
    yes_or_no: tuple[str, ...] = Field(min_length=1)
    how: tuple[HowQuestion, ...] = Field(min_length=1)

    def degradation_for(self, modality: str) -> str:
        """The id of the degradation. Raises KeyError for a modality that the attribute does not occur in."""
        if isinstance(self.degradation, str):
            return self.degradation
        return self.degradation.get(modality) or self.degradation["any"]


class WhatQuestions(Entry):
    """Questions for the main degradation, of degraded and of clean images."""

    degraded: tuple[str, ...]
    clean: tuple[str, ...]
    none_label: str


class Questions(Entry):
    """The question templates about an image as a whole, and the option texts of every scale."""

    scales: Mapping[str, Mapping[Level, str]]
    overall: tuple[HowQuestion, ...]
    repeat: tuple[str, ...]
    what: WhatQuestions


class ContentQuestion(Entry):
    """A question about what an image shows, for MedQ-Deg: asked of the images whose source gives the answer as a fact.

    Of more than five `options` four wrong ones are taken in turn; those that stand in one group of `together` with the
    answer could be true as well and are never offered beside it.
    """

    question: str
    capability: str
    options: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()


class PairProse(Entry):
    """Sentences of comparisons."""

    opening: tuple[str, ...]
    side: Mapping[Level, tuple[str, ...]]
    contrast: tuple[str, ...]
    conclusion: tuple[str, ...]


class Prose(Entry):
    """Sentences of reference descriptions."""

    opening: tuple[str, ...]
    condition: Mapping[Level, tuple[str, ...]]
    structures: Mapping[Level, tuple[str, ...]]
    absence: tuple[str, ...]
    conclusion: str
    labels: Mapping[Level, str]
    pair: PairProse


class ModalityWords(Entry):
    """How images of a modality are called where a spec does not say it."""

    name: str
    nouns: tuple[str, ...]
    subject: str
    structures: str
