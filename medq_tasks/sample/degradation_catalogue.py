"""The written part of the MedQ-Deg-shaped sample, checked on reading."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from medq_tasks.sample.catalogue import Entry


class Markers(Entry):
    """Markers drawn on an original: their radius and distance from the centre as shares of the shorter side."""

    radius_share: float
    ring_share: tuple[float, float]
    most: int


class Asked(Entry):
    """A question that all originals are asked; `answers` by modality, `together` the options that may both be true."""

    capability: str | None = None
    text: str = ""
    answers: Mapping[str, str] = {}
    options: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    none: str = ""


class View(Entry):
    """A question about how an image was taken, with its options."""

    text: str
    options: tuple[str, ...]


class Artefact(Entry):
    """`shown`: an attribute that the original has by itself; `absent`: those that no copy of it has."""

    shown: str | None
    absent: tuple[str, ...]


class Subject(Entry):
    """What is known about an original, and the MedQ-Deg ids of what its copies are degraded with."""

    region: str
    skill: str
    view: Mapping[str, str] = {}
    degradations: tuple[str, ...]
    artefact: Artefact | None = None


class DegradationPlan(Entry):
    """The whole plan; `side_px` bounds the longer side of an image."""

    side_px: int
    markers: Markers
    questions: Mapping[str, Asked]
    views: Mapping[str, View]
    originals: Mapping[str, Subject]


@cache
def degradation_plan() -> DegradationPlan:
    """The plan in `degradation.yaml`."""
    text = files(__package__).joinpath("degradation.yaml").read_text(encoding="utf-8")
    return DegradationPlan.model_validate(yaml.safe_load(text))
