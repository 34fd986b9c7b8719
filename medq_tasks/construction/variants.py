"""The pictures of a benchmark: every original, and each degraded in some ways at two levels, kept from run to run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from medq_tasks.construction.bank import Bank, Level
from medq_tasks.construction.keeping import kept_record, picture_key
from medq_tasks.construction.making import Wanted, make_picture
from medq_tasks.construction.original import Original
from medq_tasks.construction.preparing import open_original
from medq_tasks.construction.rotation import Rotation
from medq_tasks.construction.spec import BuildSpec
from medq_tasks.construction.windowing import Bounds
from medq_tasks.degrading.job import write_whole
from medq_tasks.degrading.opened import Opened
from medq_tasks.errors import DegradationError

PICTURES = "images"
STATE = ".state"
Ready = tuple[Opened, Bounds | None]


@dataclass(frozen=True, slots=True)
class Variant:
    """One picture with its truth; `degradation` is None for the original. `file` is relative.

    `attribute` is None for the original, and where the spec names a degradation instead of an attribute.
    """

    original: Original
    split: str
    attribute: str | None
    level: Level
    severity: str
    degradation: str | None
    file: str
    sha256: str
    record: Mapping[str, Any] | None

    @property
    def clean(self) -> bool:
        """Whether it is the original itself."""
        return self.degradation is None

    @property
    def source(self) -> str:
        """The `source` axis: a degraded or rendered image is simulated."""
        return "authentic" if self.clean and not self.original.rendered else "simulated"


@dataclass(frozen=True, slots=True)
class Refused:
    """A degradation that an image did not take, and why."""

    image: str
    degradation: str
    level: str
    reason: str


def make_variants(
    spec: BuildSpec, bank: Bank, originals: Sequence[Original], splits: Mapping[str, str], out: Path
) -> tuple[list[Variant], list[Refused]]:
    """Writes every picture that is not there yet, and returns them in the order of the originals, clean one first.

    A picture is kept when its file and the record of how it was made still agree with the spec, the source's bytes and
    the versions of the engine. An attribute is left out of an image where one of its levels was refused.
    """
    turn = Rotation()
    made: list[Variant] = []
    refused: list[Refused] = []
    for original in originals:
        split = splits[original.id]
        opened: list[Ready] = []  # read on first need: a build that is complete reads no source
        made.append(_kept_or_made(spec, Wanted(original), split, opened, out))
        for key in attributes_of(spec, bank, original, turn):
            levels = [_degraded(spec, bank, original, key, level) for level in ("mild", "severe")]
            results = [_attempt(spec, wanted, split, opened, out) for wanted in levels]
            failures = [one for one in results if isinstance(one, Refused)]
            refused += failures
            if not failures:
                made += [one for one in results if isinstance(one, Variant)]
    return made, refused


def attributes_of(spec: BuildSpec, bank: Bank, original: Original, turn: Rotation) -> list[str]:
    """The attributes or degradations that the spec names for an image, or `per_image` of its modality's in turn."""
    if named := _named(spec, original):
        return list(named)
    modality = original.modality
    listed = original.source.attributes or spec.degradations.attributes.get(modality) or bank.vocabulary[modality]
    free = [key for key in listed if key not in original.source.shows]
    if original.source.attributes:
        return free
    count = min(spec.degradations.per_image, len(free))
    return [turn.next(f"{modality} {','.join(free)}", free) for _ in range(count)]


def _degraded(spec: BuildSpec, bank: Bank, original: Original, key: str, level: Level) -> Wanted:
    severity = {str(name): preset for name, preset in spec.degradations.levels.items()}[level]
    if _named(spec, original):
        return Wanted(original, None, level, severity, key)
    entry = bank.attributes[key]
    return Wanted(original, key, level, severity, entry.degradation_for(original.modality), entry.parameters)


def _named(spec: BuildSpec, original: Original) -> tuple[str, ...]:
    return spec.degradations.images.get(original.source.id or "", ())


def _attempt(spec: BuildSpec, wanted: Wanted, split: str, opened: list[Ready], out: Path) -> Variant | Refused:
    try:
        return _kept_or_made(spec, wanted, split, opened, out)
    except DegradationError as error:
        return Refused(wanted.original.id, str(wanted.degradation), wanted.severity, str(error))


def _kept_or_made(spec: BuildSpec, wanted: Wanted, split: str, opened: list[Ready], out: Path) -> Variant:
    file = f"{PICTURES}/{wanted.name}.png"
    state = out / STATE / f"{wanted.name}.json"
    key = picture_key(spec, wanted)
    known = kept_record(state, out / file, key)
    if known is None:
        if not opened:
            opened.append(open_original(spec, wanted.original))
        known = make_picture(spec, wanted, *opened[0], out / file) | {"key": key}
        write_whole(state, json.dumps(known, sort_keys=True).encode())
    if known["refused"]:
        raise DegradationError(known["refused"])
    return Variant(
        wanted.original, split, wanted.attribute, wanted.level, wanted.severity, wanted.degradation,
        file, known["sha256"], known["record"],
    )  # fmt: skip


def record_of(variant: Variant) -> dict[str, Any]:
    """The variant as plain data for `images.jsonl`; no path of this machine and no name of a source file."""
    original = variant.original
    return {
        "file": variant.file, "sha256": variant.sha256, "original": original.id, "study": original.study,
        "split": variant.split, "modality": original.modality, "axis": original.axis, "frame": original.frame,
        "bounds": original.bounds, "shrink": original.shrink, "attribute": variant.attribute, "level": variant.level,
        "severity": variant.severity, "degradation": variant.degradation, "dataset": original.source.dataset,
        "licence": original.source.licence, "origin": original.source.origin, "rendered": original.rendered,
        "shows": original.source.shows, "prepare": original.source.prepare.model_dump(exclude_defaults=True),
        "markers": original.markers, "record": variant.record,
    }  # fmt: skip


def plain(refused: Refused) -> dict[str, str]:
    """The refusal as plain data."""
    return asdict(refused)
