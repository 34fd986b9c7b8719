"""The written part of the sample set: its images, attributes, templates, sentences and plan, checked on reading."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

Level = Literal["none", "mild", "severe"]
Split = Literal["dev", "test"]


class Entry(BaseModel):
    """A frozen record; an unknown key in a YAML file is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Opening(Entry):
    """How an original is read: `file` of `package`, then the steps in the order of these fields.

    `frame` of a multi-frame file or `slice` (z, t) of a volume; `window` (centre, width) in stored units after the
    rescale, or `percentile` as the white point; `crop` (top, left, height, width) in pixels; `shrink` divides the side
    by local means, `fourier_zoom` multiplies it by zero-filling the spectrum. `seed`, `folds` and `bend` are those of a
    rendered lumen.
    """

    kind: Literal["dicom", "nifti", "skimage", "asset", "lumen"]
    package: str
    file: str
    frame: int | None = None
    slice: tuple[int, int] | None = None
    window: tuple[float, float] | None = None
    percentile: float | None = None
    crop: tuple[int, int, int, int] | None = None
    shrink: float = 1
    fourier_zoom: int = 1
    seed: int = 0
    folds: int = 0
    bend: tuple[float, float] = (0, 0)


class Original(Entry):
    """One undegraded image of the sample set; `shows` are attributes that it already has to some extent by itself."""

    id: str
    modality: str
    split: Split
    subject: str
    nouns: tuple[str, ...]
    structures: str
    open: Opening
    licence: str
    origin: str
    rendered: bool = False
    attributes: tuple[str, ...]
    shows: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The `source` axis of the undegraded image."""
        return "simulated" if self.rendered else "authentic"


class Attribute(Entry):
    """A quality attribute: its words, what looks like it, and what produces it in a modality.

    `noun` stands in for the phrase where that does not follow "no". `degradation` is an id, or one by modality with
    `any` for the others; `parameters` of it are fixed at both levels.
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

    def degradation_for(self, modality: str) -> str:
        """The id of the degradation. Raises KeyError for a modality that the attribute does not occur in."""
        if isinstance(self.degradation, str):
            return self.degradation
        return self.degradation.get(modality) or self.degradation["any"]


class HowQuestion(Entry):
    """A question and the name of the ordered scale that answers it."""

    question: str
    scale: str


class WhatQuestions(Entry):
    """Questions for the main degradation, of degraded and of clean images."""

    degraded: tuple[str, ...]
    clean: tuple[str, ...]
    none_label: str


class Questions(Entry):
    """The question templates by type, by attribute where they name one."""

    scales: Mapping[str, Mapping[Level, str]]
    yes_or_no: Mapping[str, tuple[str, ...]]
    how: Mapping[str, tuple[HowQuestion, ...]]
    overall: tuple[HowQuestion, ...]
    repeat: tuple[str, ...]
    what: WhatQuestions


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


class PerceptionPlan(Entry):
    """Which questions are asked of an image by level: cycles of lists, taken in turn by the variants of a level."""

    none: tuple[tuple[str, ...], ...]
    mild: tuple[tuple[str, ...], ...]
    severe: tuple[tuple[str, ...], ...]


class Comparison(Entry):
    """A kind of pair: the levels of the better and the worse image, and whether they differ in attribute too."""

    better: Level
    worse: Level
    difficulty: Literal["coarse", "fine"]
    other: bool = False


class Plan(Entry):
    """What is made of an image: `levels` name the presets of the degradations, `seed` keys all of them."""

    seed: int
    levels: Mapping[Literal["mild", "severe"], str]
    perception: PerceptionPlan
    vocabulary: Mapping[str, tuple[str, ...]]
    descriptions: tuple[Level, ...]
    comparisons: tuple[Comparison, ...]


@cache
def originals() -> tuple[Original, ...]:
    """The images in the order of `images.yaml`."""
    return tuple(Original.model_validate(entry) for entry in _read("images.yaml")["images"])


@cache
def attributes() -> Mapping[str, Attribute]:
    """The attributes by key."""
    return {key: Attribute.model_validate(entry) for key, entry in _read("attributes.yaml").items()}


@cache
def questions() -> Questions:
    """The question templates."""
    return Questions.model_validate(_read("questions.yaml"))


@cache
def prose() -> Prose:
    """The sentences of references."""
    return Prose.model_validate(_read("prose.yaml"))


@cache
def plan() -> Plan:
    """The plan of the sample set."""
    return Plan.model_validate(_read("plan.yaml"))


def _read(name: str) -> Any:
    return yaml.safe_load(files(__package__).joinpath(name).read_text(encoding="utf-8"))
