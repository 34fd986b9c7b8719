"""What SPEC.yaml may say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from medq_tasks.construction.bank.entries import ContentQuestion, Entry, Level
from medq_tasks.construction.source import Source

PictureFormat = Literal["rgb8", "png8", "png16"]
Task = Literal["perception", "reasoning", "comparison", "degradation"]


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


class Markers(Entry):
    """White discs with a black rim, `most` at most, drawn on every original to be counted (MedQ-Deg).

    Their radius and their distance from the centre are shares of the shorter side.
    """

    most: int = Field(default=4, ge=1, le=5)
    radius_share: float = Field(default=0.022, gt=0, lt=0.2)
    ring_share: tuple[float, float] = (0.10, 0.36)


class Picture(Entry):
    """The files that are written: three equal or colour channels of 8 bits, native channels of 8, or 16 bits.

    Larger images are shrunk to `maximum_side_px` before anything is degraded.
    """

    format: PictureFormat = "rgb8"
    maximum_side_px: int = Field(default=1024, ge=32)
    markers: Markers | None = None


class Degrading(Entry):
    """The degradations: `per_image` attributes in turn at each level, from `attributes` by modality or the whole bank.

    A source's own attributes go before. Where only MedQ-Deg's files are made, `images` may name degradations of the
    engine instead, by the source's `id`. All are applied to the `stored` values, so that CT physics sees the
    attenuation that a window clips, or to the 8-bit `picture`, as published benchmarks are made. A copy whose PSNR to
    its source is above `minimum_effect_db` shows nothing to ask about: it is left out.
    """

    per_image: int = Field(default=3, ge=1)
    levels: Mapping[Literal["mild", "severe"], str] = {"mild": "L1", "severe": "L2"}
    attributes: Mapping[str, tuple[str, ...]] = {}
    images: Mapping[str, tuple[str, ...]] = {}
    applied_to: Literal["stored", "picture"] = "stored"
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


class PerceptionPlan(Entry):
    """Which questions are asked of an image by level: cycles of lists, taken in turn by the pictures of a level.

    `present` / `absent`: a yes-or-no question about an attribute that is / is not there; `repeat`: one about the image
    as a whole; `how` / `how_none`: the severity of the attribute / of one that is not there; `overall`: good, usable or
    reject; `what`: the main degradation.
    """

    none: tuple[tuple[str, ...], ...] = (
        ("absent", "how_none", "overall", "what"),
        ("repeat", "how_none", "how_none", "what"),
    )
    mild: tuple[tuple[str, ...], ...] = (("how", "present"), ("how", "what"), ("absent", "overall"))
    severe: tuple[tuple[str, ...], ...] = (("what", "absent"), ("how", "present"), ("overall", "repeat"))


class Comparison(Entry):
    """A kind of pair: the levels of the better and the worse image, and whether they differ in attribute too."""

    better: Level
    worse: Level
    difficulty: Literal["coarse", "fine"]
    other: bool = False


class BuildSpec(Entry):
    """One benchmark. `equal_splits` leaves out slices of the largest studies until dev and test hold equally many.

    `tasks` are those that files are written for, `parquet` as well as TSV. `vocabulary` replaces, by modality, the
    attributes that may be asked about; `content` adds to the bank's questions about what an image shows.
    """

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    seed: int = 0
    tasks: tuple[Task, ...] = Field(default=("perception", "reasoning", "comparison", "degradation"), min_length=1)
    parquet: bool = True
    sources: tuple[Source, ...] = Field(min_length=1)
    slices: Slices = Slices()
    picture: Picture = Picture()
    degradations: Degrading = Degrading()
    expansion: Expansion = Expansion()
    duplicates: Duplicates = Duplicates()
    vocabulary: Mapping[str, tuple[str, ...]] = {}
    content: Mapping[str, ContentQuestion] = {}
    perception: PerceptionPlan = PerceptionPlan()
    equal_splits: bool = True
    comparisons: tuple[Comparison, ...] = (
        Comparison(better="none", worse="severe", difficulty="coarse"),
        Comparison(better="mild", worse="severe", difficulty="fine"),
    )
