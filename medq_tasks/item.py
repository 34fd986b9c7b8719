"""One item of the benchmark: a question about one or two images, with every axis that results are broken down by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

TASKS = ("perception", "reasoning", "comparison", "degradation")
MODALITIES = ("ct", "mri", "histopathology", "endoscopy", "fundus", "xray", "ultrasound", "dermoscopy")
QUESTION_TYPES = ("yes_or_no", "what", "how")
DEGRADATION_LEVELS = ("none", "mild", "severe")
CONCERNS = ("general", "modality_specific")
SOURCES = ("authentic", "simulated", "ai_generated")
DIFFICULTIES = ("coarse", "fine")
SEVERITIES = ("L0", "L1", "L2")


class ImageSource(Protocol):
    """An image that is opened late: nothing is read or decoded before `read`."""

    @property
    def name(self) -> str:
        """Where the image lies, for messages: a path, or file, row and column."""

    def read(self) -> bytes:
        """The file's own bytes. Raises `ImageError` when they cannot be had."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer option as it is shown: a capital letter and its text."""

    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A question about images.

    `options` and `answer` (a letter) are set for multiple choice, `reference` (an expert's text) for reasoning and
    comparison. `images` holds one source, two for a comparison, in the order in which they are asked about. An axis
    that the data does not give is None. `source_item` is the id of the clean item that a degraded one was made from.
    """

    id: str
    task: str
    question: str
    images: tuple[ImageSource, ...]
    options: tuple[Option, ...] = ()
    answer: str | None = None
    reference: str | None = None
    split: str | None = None
    modality: str | None = None
    question_type: str | None = None
    degradation_level: str | None = None
    concern: str | None = None
    source: str | None = None
    difficulty: str | None = None
    degradation: str | None = None
    severity: str | None = None
    capability: str | None = None
    source_item: str | None = None
