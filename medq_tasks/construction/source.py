"""A source of a spec: where images come from, how they are prepared, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from medq_tasks.construction.bank.entries import Entry
from medq_tasks.item import MODALITIES

Split = Literal["dev", "test"]


class UserQuestion(Entry):
    """A question of the user's own about what an image shows, asked of its clean and degraded copies (MedQ-Deg)."""

    question: str
    options: tuple[str, ...] = Field(min_length=2, max_length=5)
    answer: str
    capability: str | None = None

    @field_validator("options")
    @classmethod
    def _distinct(cls, options: tuple[str, ...]) -> tuple[str, ...]:
        if len({option.strip().lower() for option in options}) != len(options):
            raise ValueError("options must differ from each other")
        return options


class Fact(Entry):
    """The answer to a content question of the bank; `options` and `capability` replace those of the question."""

    answer: str
    options: tuple[str, ...] = Field(default=(), max_length=5)
    capability: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _text(cls, given: Any) -> Any:
        return {"answer": given} if isinstance(given, str) else given


class Preparation(Entry):
    """What is done to an image before it is degraded, in the order of these fields.

    `grey` takes the mean of the colour channels; `flip` turns the image upside down, as NIfTI slices come; `crop` is
    (top, left, height, width) in pixels; `shrink` divides the sides, by local means where it is a whole number and by
    an antialiased resize otherwise; `fourier_zoom` multiplies them by zero-filling the spectrum of a grey image, as MR
    scanners display a small matrix.
    """

    grey: bool = False
    flip: bool = False
    crop: tuple[int, int, int, int] | None = None
    shrink: float = Field(default=1, ge=1)
    fourier_zoom: int = Field(default=1, ge=1)


class Render(Entry):
    """An image that is computed: `function` is "module:name", called with `arguments`, and gives values in [0, 1]."""

    function: str = Field(pattern=r"^[\w.]+:\w+$")
    arguments: Mapping[str, Any] = {}


class Source(Entry):
    """Where images come from and what is known of them.

    `path`: a file, folder or glob relative to the spec, or `package:NAME/FILE` of an installed package; or `render`.
    `id` names the pictures of a single file, which are named by a hash otherwise. `frame` takes one of a series instead
    of the slice choice. `modality` may be left to a DICOM header. `study` groups the images that must stay on one side
    of the split; otherwise the DICOM study, or the file. `window`: `dicom`, `minmax`, `full` or `LOW,HIGH`; needed for
    deep images without their own, where `white_percentile` (black is 0) does not give it. `shows`: attributes that the
    undegraded images already have to some extent; nothing is asked about them. `attributes`: those to degrade with.
    `facts`: answers to the content questions of the bank.
    """

    path: str = ""
    render: Render | None = None
    id: str | None = Field(default=None, pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]{0,60}$")
    frame: int | None = Field(default=None, ge=0)
    modality: str | None = None
    study: str | None = None
    split: Split | None = None
    window: str | None = None
    white_percentile: float | None = Field(default=None, gt=0, le=100)
    prepare: Preparation = Preparation()
    subject: str | None = None
    structures: str | None = None
    nouns: tuple[str, ...] = ()
    dataset: str = "own images"
    licence: str = "not declared"
    origin: str = ""
    shows: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = {}
    questions: tuple[UserQuestion, ...] = ()
    burned_in_text: Literal["flag", "checked"] = "flag"

    @property
    def name(self) -> str:
        """How the source is called in messages and told apart from others."""
        return self.id or self.path or f"{self.render}"

    @field_validator("modality")
    @classmethod
    def _known(cls, modality: str | None) -> str | None:
        if modality is not None and modality not in MODALITIES:
            raise ValueError(f"expected one of {', '.join(MODALITIES)}")
        return modality

    @model_validator(mode="after")
    def _one_place(self) -> Source:
        if bool(self.path) == (self.render is not None):
            raise ValueError("expected either `path` or `render`")
        return self
