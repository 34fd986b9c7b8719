"""What SPEC.yaml may say, checked before any image is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError, field_validator

from medq_tasks.errors import DataError, InputError
from medq_tasks.item import MODALITIES
from medq_tasks.sample.catalogue import Comparison, Entry, PerceptionPlan, Split

PictureFormat = Literal["rgb8", "png8", "png16"]


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


class Source(Entry):
    """Where images come from and what is known of them.

    `path`: a file, folder or glob relative to the spec, or `package:NAME/FILE` of an installed package. `modality` may
    be left to a DICOM header. `study` groups the images that must stay on one side of the split; otherwise the DICOM
    study, or the file. `window`: `dicom`, `minmax`, `full` or `LOW,HIGH`; needed for deep images without their own.
    `shows`: attributes that the undegraded images already have to some extent; nothing is asked about them.
    """

    path: str
    modality: str | None = None
    study: str | None = None
    split: Split | None = None
    window: str | None = None
    subject: str | None = None
    structures: str | None = None
    nouns: tuple[str, ...] = ()
    anatomy: str | None = None
    dataset: str = "own images"
    licence: str = "not declared"
    shows: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    questions: tuple[UserQuestion, ...] = ()
    burned_in_text: Literal["flag", "checked"] = "flag"

    @field_validator("modality")
    @classmethod
    def _known(cls, modality: str | None) -> str | None:
        if modality is not None and modality not in MODALITIES:
            raise ValueError(f"expected one of {', '.join(MODALITIES)}")
        return modality


class Slices(Entry):
    """Which slices of a volume or frames of a series become images, in the manner of SA-Med2D-20M.

    A slice needs `minimum_foreground` (share of pixels above `threshold` of full scale) and a shorter side of at least
    `minimum_aspect` times the longer one; of those that qualify, `maximum` at equal distances are taken. `axes`: along
    the `stored` axis alone, or along `all` three of a NIfTI volume whose voxels are near-cubic, the longest side at
    most `maximum_anisotropy` times the shortest.
    """

    axes: Literal["stored", "all"] = "all"
    maximum_anisotropy: float = Field(default=1.25, ge=1)

    minimum_foreground: float = Field(default=0.1, ge=0, le=1)
    threshold: float = Field(default=0.1, ge=0, lt=1)
    minimum_aspect: float = Field(default=0.5, ge=0, le=1)
    maximum: int = Field(default=3, ge=1)


class Picture(Entry):
    """The files that are written: three equal or colour channels of 8 bits, native channels of 8, or 16 bits.

    `maximum_side_px` shrinks larger images by whole-number local means before anything is degraded.
    """

    format: PictureFormat = "rgb8"
    maximum_side_px: int = Field(default=1024, ge=32)


class Degrading(Entry):
    """The degradations: `per_image` attributes in turn at each level, from `attributes` by modality or the whole bank.

    A copy whose PSNR to its source is above `minimum_effect_db` shows nothing to ask about: it is left out.
    """

    per_image: int = Field(default=3, ge=1)
    levels: Mapping[Literal["mild", "severe"], str] = {"mild": "L1", "severe": "L2"}
    attributes: Mapping[str, tuple[str, ...]] = {}
    minimum_effect_db: float = 48.0


class Expansion(Entry):
    """How seed questions are varied: `template` needs no model, `llm` asks one within the templates."""

    mode: Literal["template", "llm"] = "template"
    model: str = "openai/gpt-4o-2024-08-06"
    api_base: str | None = None
    temperature: float = 0.7
    attempts: int = Field(default=2, ge=1)


class Duplicates(Entry):
    """When images of different splits count as one: at most these bits of 64 differ, at least this correlation."""

    maximum_bits: int = Field(default=8, ge=0, le=32)
    minimum_correlation: float = Field(default=0.95, ge=0, le=1)


class BuildSpec(Entry):
    """One benchmark. `equal_splits` leaves out slices of the largest studies until dev and test hold equally many."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    seed: int = 0
    sources: tuple[Source, ...] = Field(min_length=1)
    slices: Slices = Slices()
    picture: Picture = Picture()
    degradations: Degrading = Degrading()
    expansion: Expansion = Expansion()
    duplicates: Duplicates = Duplicates()
    perception: PerceptionPlan | None = None
    equal_splits: bool = True
    comparisons: tuple[Comparison, ...] = (
        Comparison(better="none", worse="severe", difficulty="coarse"),
        Comparison(better="mild", worse="severe", difficulty="fine"),
    )


def load_spec(path: Path) -> BuildSpec:
    """The spec in a YAML file. Raises `DataError`, one line, for a file or value that cannot be used."""
    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path}: expected a readable spec, got {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: expected YAML, got {' '.join(str(error).split())}") from error
    try:
        spec = BuildSpec.model_validate(data)
        _check(spec)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DataError(f"{path}: {place}: {first['msg']}, got {str(first['input'])[:80]!r}; correct it") from error
    except InputError as error:
        raise DataError(f"{path}: {error}") from error
    return spec


def _check(spec: BuildSpec) -> None:
    from medq_tasks.construction.bank import load_bank
    from medq_tasks.images import Window

    bank = load_bank()
    for source in spec.sources:
        if source.window is not None:
            Window.parse(source.window)
        _known((*source.shows, *source.attributes), bank.attributes, f"sources, {source.path}")
        for asked in source.questions:
            if asked.answer not in asked.options:
                raise DataError(f"sources, {source.path}: expected an answer among the options, got {asked.answer!r}")
    for modality, keys in spec.degradations.attributes.items():
        _known(keys, bank.vocabulary.get(modality, ()), f"degradations.attributes.{modality}")


def _known(keys: tuple[str, ...], known: Any, where: str) -> None:
    for key in keys:
        if key not in known:
            raise DataError(f"{where}: expected attributes of {', '.join(known)}; got {key!r}")
