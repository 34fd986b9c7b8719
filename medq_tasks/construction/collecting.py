"""The originals of a benchmark: every chosen slice of every file that the spec names, de-identified on the way."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from medq_tasks.construction.burned_in import TextFinding, burned_in_text
from medq_tasks.construction.deidentification import Removal, deidentified
from medq_tasks.construction.finding import find_files
from medq_tasks.construction.original import Original
from medq_tasks.construction.preparing import prepared
from medq_tasks.construction.rendering import rendered_file
from medq_tasks.construction.slices import Candidate, choose, foreground_share
from medq_tasks.construction.source import Source
from medq_tasks.construction.spec import BuildSpec
from medq_tasks.construction.volume import Plane, planes
from medq_tasks.construction.windowing import declared, show
from medq_tasks.degrading.opened import Opened, open_frames
from medq_tasks.errors import DataError


@dataclass(slots=True)
class Collection:
    """What the files gave: originals, the slice choice of each file, tags removed, and images flagged for text.

    `paths` says which file a key stands for; it is shown on this machine and never published.
    """

    originals: list[Original] = field(default_factory=list)
    slices: dict[str, Sequence[Candidate]] = field(default_factory=dict)
    removals: dict[str, Removal] = field(default_factory=dict)
    flagged: list[TextFinding] = field(default_factory=list)
    paths: dict[str, Path] = field(default_factory=dict)


def collect(spec: BuildSpec, base: Path, state: Path) -> Collection:
    """Every original in the order of the sources. Raises `InputError` for a file that cannot be used.

    Paths are relative to `base`; what is rendered is written below `state`. A file that two sources name, or that lies
    there twice, is refused: its copies could fall on both sides.
    """
    found = Collection()
    seen: dict[str, Path] = {}
    for source in spec.sources:
        for path in _files(source, base, state):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if digest in seen:
                raise DataError(f"sources: {path} holds the same bytes as {seen[digest]}; leave one of them out")
            seen[digest] = path
            with warnings.catch_warnings():  # header values that the standard forbids: nothing to be done about them
                warnings.filterwarnings("ignore", module=r"pydicom\.")
                _collect_file(found, spec, source, path, digest)
    return found


def _files(source: Source, base: Path, state: Path) -> list[Path]:
    paths = [rendered_file(source.render, state)] if source.render else find_files(source.path, base)
    if source.id and len(paths) > 1:
        raise DataError(f"sources, {source.id}: expected one file for an `id`, got {len(paths)}; leave `id` out")
    return paths


def _collect_file(found: Collection, spec: BuildSpec, source: Source, path: Path, digest: str) -> None:
    given = _planes(spec, source, path)
    frames = [plane.opened for plane in given]
    facts = _facts(frames[0])
    modality = source.modality or frames[0].modality
    if modality is None:
        raise DataError(f"{path}: expected a modality, the file names none; set `modality` of the source")
    key = source.id or f"{modality}-{digest[:10]}"
    found.paths[key] = path
    if frames[0].dataset is not None:
        found.removals[key] = deidentified(frames[0].dataset, salt=_salt(spec)).removal
    windows = [declared(opened, source) for opened in frames]
    ready = [prepared(opened, source.prepare) for opened in frames]
    shown = [show(opened, opened.stored, bounds, "png8") for opened, bounds in zip(ready, windows, strict=True)]
    found.slices[key] = _choice(spec, given, shown)
    for candidate, opened, bounds, picture in zip(found.slices[key], frames, windows, shown, strict=True):
        if candidate.reason:
            continue
        original = Original(
            id=f"{key}-{_place(candidate)}" if len(frames) > 1 else key,
            path=path,
            sha256=digest,
            frame=opened.frame,
            axis=candidate.axis,
            modality=modality,
            study=_study(spec, source, facts, digest),
            source=source,
            bounds=bounds,
            shrink=source.prepare.shrink * max(1.0, max(picture.shape[:2]) / spec.picture.maximum_side_px),
            body_part=facts.get("BodyPartExamined", ""),
        )
        if _passes(found, original, picture, facts):
            found.originals.append(original)


def _planes(spec: BuildSpec, source: Source, path: Path) -> list[Plane]:
    if source.frame is not None:
        return [Plane("stored", open_frames(path, source.frame)[0])]
    return planes(path, maximum_anisotropy=spec.slices.maximum_anisotropy if spec.slices.axes == "all" else None)


def _place(candidate: Candidate) -> str:
    """Which slice, as a part of an id: its number, after the axis where that is not the stored one."""
    return f"{'' if candidate.axis == 'stored' else candidate.axis}{candidate.frame:03d}"


def _choice(spec: BuildSpec, given: Sequence[Plane], shown: Sequence[Any]) -> list[Candidate]:
    """The slice choice of one file; a single image is not asked for foreground, since nobody chose it for us."""
    candidates = [
        Candidate(
            plane.opened.frame,
            foreground_share(picture, spec.slices.threshold),
            _aspect(picture.shape),
            axis=plane.axis,
        )
        for plane, picture in zip(given, shown, strict=True)
    ]
    rule = spec.slices if len(given) > 1 else spec.slices.model_copy(update={"minimum_foreground": 0.0})
    return choose(candidates, rule)


def _passes(found: Collection, original: Original, picture: Any, facts: Mapping[str, str]) -> bool:
    """Whether the image may be published as far as burned-in text goes; what is found is kept for the report."""
    finding = burned_in_text(original.id, picture, tag=facts.get("BurnedInAnnotation"))
    if finding is None:
        return True
    checked = original.source.burned_in_text == "checked"
    found.flagged.append(replace(finding, kept=checked))
    found.paths[original.id] = original.path
    return checked


def _facts(opened: Opened) -> dict[str, str]:
    """The header's values that decide grouping and questions; they stay in memory, only pseudonyms are written."""
    names = ("PatientID", "StudyInstanceUID", "BodyPartExamined", "BurnedInAnnotation")
    dataset: Any = opened.dataset
    if dataset is None:
        return {}
    values = {name: str(dataset.get(name) or "").strip() for name in names}
    return {name: value for name, value in values.items() if value}


def _study(spec: BuildSpec, source: Source, facts: dict[str, str], digest: str) -> str:
    """The group that stays on one side of the split: the spec's word, the patient, the study, or the file."""
    group = source.study or facts.get("PatientID") or facts.get("StudyInstanceUID") or digest
    return "study-" + hashlib.sha256(f"{_salt(spec)}:{group}".encode()).hexdigest()[:10]


def _salt(spec: BuildSpec) -> str:
    return f"{spec.name}:{spec.seed}"


def _aspect(shape: tuple[int, ...]) -> float:
    return float(min(shape[:2]) / np.max(shape[:2]))
