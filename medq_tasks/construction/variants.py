"""The pictures of a benchmark: every original, and each degraded in some ways at two levels, kept from run to run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from medq_tasks.construction.bank import Bank
from medq_tasks.construction.original import Original
from medq_tasks.construction.picture import encode_png
from medq_tasks.construction.spec import BuildSpec
from medq_tasks.construction.windowing import show, shrunk
from medq_tasks.degrading.job import write_whole
from medq_tasks.degrading.opened import Opened, open_frames
from medq_tasks.errors import DegradationError
from medq_tasks.sample.catalogue import Attribute, Level
from medq_tasks.sample.rotation import Rotation

PICTURES = "images"
STATE = ".state"


@dataclass(frozen=True, slots=True)
class Variant:
    """One picture with its truth; `attribute` and `degradation` are None for the original. `file` is relative."""

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
    def source(self) -> str:
        """The `source` axis: a degraded image is simulated."""
        return "authentic" if self.attribute is None else "simulated"


@dataclass(frozen=True, slots=True)
class Refused:
    """A degradation that an image did not take, and why."""

    image: str
    degradation: str
    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    original: Original
    attribute: str | None
    entry: Attribute | None
    level: Level
    severity: str
    degradation: str | None

    @property
    def name(self) -> str:
        parts = (self.original.id, self.attribute, self.severity if self.attribute else None)
        return "_".join(part for part in parts if part)


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
        opened: list[Opened] = []  # read on first need: a build that is complete reads no source
        clean = _Wanted(original, None, None, "none", "L0", None)
        made.append(_kept_or_made(spec, clean, split, opened, out))
        for key in attributes_of(spec, bank, original, turn):
            levels = [_degraded(spec, bank, original, key, level) for level in ("mild", "severe")]
            results = [_attempt(spec, wanted, split, opened, out) for wanted in levels]
            failures = [one for one in results if isinstance(one, Refused)]
            refused += failures
            if not failures:
                made += [one for one in results if isinstance(one, Variant)]
    return made, refused


def attributes_of(spec: BuildSpec, bank: Bank, original: Original, turn: Rotation) -> list[str]:
    """The attributes that an image is degraded with: its own, or `per_image` of its modality's in turn."""
    modality = original.modality
    listed = original.source.attributes or spec.degradations.attributes.get(modality) or bank.vocabulary[modality]
    free = [key for key in listed if key not in original.source.shows]
    if original.source.attributes:
        return free
    count = min(spec.degradations.per_image, len(free))
    return [turn.next(f"{modality} {','.join(free)}", free) for _ in range(count)]


def _degraded(spec: BuildSpec, bank: Bank, original: Original, key: str, level: Level) -> _Wanted:
    entry = bank.attributes[key]
    severity = {str(name): preset for name, preset in spec.degradations.levels.items()}[level]
    return _Wanted(original, key, entry, level, severity, entry.degradation_for(original.modality))


def _attempt(spec: BuildSpec, wanted: _Wanted, split: str, opened: list[Opened], out: Path) -> Variant | Refused:
    try:
        return _kept_or_made(spec, wanted, split, opened, out)
    except DegradationError as error:
        return Refused(wanted.original.id, str(wanted.degradation), wanted.severity, str(error))


def _kept_or_made(spec: BuildSpec, wanted: _Wanted, split: str, opened: list[Opened], out: Path) -> Variant:
    file = f"{PICTURES}/{wanted.name}.png"
    state = out / STATE / f"{wanted.name}.json"
    key = _key(spec, wanted)
    known = _known(state, out / file, key)
    if known is None:
        if not opened:
            opened.append(_open(wanted.original))
        known = _make(spec, wanted, opened[0], out / file) | {"key": key}
        write_whole(state, json.dumps(known, sort_keys=True).encode())
    if known["refused"]:
        raise DegradationError(known["refused"])
    return Variant(
        wanted.original, split, wanted.attribute, wanted.level, wanted.severity, wanted.degradation,
        file, known["sha256"], known["record"],
    )  # fmt: skip


def _make(spec: BuildSpec, wanted: _Wanted, opened: Opened, path: Path) -> dict[str, Any]:
    stored, record = opened.stored, None
    if wanted.degradation is not None:
        assert wanted.entry is not None
        try:
            stored, record = _apply(spec, wanted, wanted.degradation, wanted.entry, opened)
        except DegradationError as error:
            return {"refused": str(error), "sha256": None, "record": None}
        effect = _psnr_db(spec, wanted, opened, stored)
        if effect > spec.degradations.minimum_effect_db:
            reason = f"no visible effect: {effect:.1f} dB PSNR, above {spec.degradations.minimum_effect_db:g} dB"
            return {"refused": reason, "sha256": None, "record": None}
    data = encode_png(show(opened, stored, wanted.original.bounds, spec.picture.format))
    write_whole(path, data)
    return {"refused": None, "sha256": hashlib.sha256(data).hexdigest(), "record": record}


def _apply(spec: BuildSpec, wanted: _Wanted, name: str, entry: Attribute, opened: Opened) -> tuple[Any, dict[str, Any]]:
    """Degrades stored values, so that CT physics sees the attenuation that a window would clip."""
    from medq_tasks.degradations import apply, get

    modality = wanted.original.modality
    family = get(name, modality).id.split(".", 1)[0]
    bounds = wanted.original.bounds
    scale = opened.scale(family, None if bounds is None else bounds[:2])
    image = opened.stored if scale is None else scale.to_unit(opened.stored)
    parameters = {**opened.parameters(family, scale), **entry.parameters}
    done = apply(name, image, level=wanted.severity, params=parameters, seed=spec.seed, modality=modality)
    stored = done.image if scale is None else scale.to_stored(opened.stored, image, done.image)
    return stored, done.meta.to_dict()


def _psnr_db(spec: BuildSpec, wanted: _Wanted, opened: Opened, stored: Any) -> float:
    """Between the shown pictures, infinite for equal ones."""
    from medq_tasks.degradations.fidelity import psnr
    from medq_tasks.degradations.validation import to_unit

    clean, degraded = (
        to_unit(show(opened, values, wanted.original.bounds, spec.picture.format)) for values in (opened.stored, stored)
    )
    return float("inf") if (clean == degraded).all() else float(psnr(clean, degraded))


def _open(original: Original) -> Opened:
    opened = open_frames(original.path, original.frame)[0]
    size = None if opened.pixel_mm is None else opened.pixel_mm * original.shrink
    return replace(opened, stored=shrunk(opened.stored, original.shrink), pixel_mm=size)


def _key(spec: BuildSpec, wanted: _Wanted) -> str:
    from medq_tasks.degradations.metadata import ENGINE_VERSION, package_versions

    original = wanted.original
    parts = {
        "source": original.sha256, "frame": original.frame, "bounds": original.bounds, "shrink": original.shrink,
        "modality": original.modality, "picture": spec.picture.format, "degradation": wanted.degradation,
        "parameters": dict(wanted.entry.parameters) if wanted.entry else None, "severity": wanted.severity,
        "seed": spec.seed, "effect": spec.degradations.minimum_effect_db, "engine": ENGINE_VERSION,
        "versions": dict(package_versions()),
    }  # fmt: skip
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _known(state: Path, file: Path, key: str) -> dict[str, Any] | None:
    """The record of a picture that is there and as it was; None where it has to be made."""
    try:
        known: dict[str, Any] = json.loads(state.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if known.get("key") != key:
        return None
    if known["refused"]:
        return known
    whole = file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == known["sha256"]
    return known if whole else None


def record_of(variant: Variant) -> dict[str, Any]:
    """The variant as plain data for `images.jsonl`; no path of this machine and no name of a source file."""
    original = variant.original
    return {
        "file": variant.file, "sha256": variant.sha256, "original": original.id, "study": original.study,
        "split": variant.split, "modality": original.modality, "frame": original.frame, "bounds": original.bounds,
        "shrink": original.shrink, "attribute": variant.attribute, "level": variant.level,
        "severity": variant.severity, "degradation": variant.degradation, "dataset": original.source.dataset,
        "licence": original.source.licence, "record": variant.record,
    }  # fmt: skip


def plain(refused: Refused) -> dict[str, str]:
    """The refusal as plain data."""
    return asdict(refused)
