"""The unit of work of a process: one file under one degradation at every severity."""

from __future__ import annotations

import hashlib
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from medq_tasks.degradations import Degraded, Spec, apply, get
from medq_tasks.degradations.validation import check_colour
from medq_tasks.degrading.discovery import modality_of_path
from medq_tasks.degrading.encoding import encode, output_suffix
from medq_tasks.degrading.opened import Opened, check_content, check_finite, open_frames
from medq_tasks.degrading.plan import ALL, Plan, Strength
from medq_tasks.errors import DegradationError, ImageError, InputError


@dataclass(frozen=True, slots=True)
class Job:
    """A file `source` / `name` and the degradation's id; `target` is the folder of all results."""

    source: Path
    name: str
    degradation: str
    target: Path
    plan: Plan

    @property
    def path(self) -> Path:
        """The file itself; `source` where that is a file and `name` is empty."""
        return self.source / self.name if self.name else self.source


@dataclass(frozen=True, slots=True)
class Record:
    """One result. `folder` is `<degradation>/<level>`, `output` the path below it (None: no file).

    `state`: "done"; "skipped" (the degradation does not fit the image, `error` says why); "failed". `frame` of `frames`
    of the source, from 0.
    """

    folder: str
    source: str
    state: str
    output: str | None = None
    frame: int = 0
    frames: int = 1
    source_sha256: str | None = None
    output_sha256: str | None = None
    scale: dict[str, Any] | None = None
    meta: dict[str, Any] | None = None
    error: str | None = None


def modality_of(opened: Opened, plan: Plan) -> str:
    """The modality asked for, else the DICOM header's, else that of a folder's name. Raises `ImageError` otherwise."""
    found = plan.modality or opened.modality or modality_of_path(opened.path)
    if found is None:
        raise ImageError(f"{opened.path}: its modality is unknown; give --modality, or put it into a folder named so")
    return found


def run_job(job: Job) -> list[Record]:
    """The records of every frame and severity; files are written whole or not at all."""
    path = job.path
    folders = [f"{job.degradation}/{strength.folder}" for strength in job.plan.strengths]
    name = job.name or path.name
    digest = None
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        frames = open_frames(path, job.plan.frame)
    except (InputError, OSError) as error:
        return [Record(folder, name, "failed", source_sha256=digest, error=str(error)) for folder in folders]
    records = [_one(job, opened, strength, name) for opened in frames for strength in job.plan.strengths]
    return [replace(record, source_sha256=digest) for record in records]


def _one(job: Job, opened: Opened, strength: Strength, name: str) -> Record:
    spec = get(job.degradation)
    record = Record(f"{job.degradation}/{strength.folder}", name, "failed", frame=opened.frame, frames=opened.frames)
    unfit = _unfit(spec, opened) if job.plan.names == (ALL,) else None
    if unfit is not None:
        return replace(record, state="skipped", error=unfit)
    try:
        degraded, data, scale = degrade(opened, spec, strength, job.plan)
    except InputError as error:
        return replace(record, error=str(error))
    output = output_name(opened, name)
    path = job.target / record.folder / output
    try:
        write_whole(path, data)
    except OSError as error:
        return replace(record, error=f"{path}: expected to be written, got: {error.strerror}; make room and run again")
    digest = hashlib.sha256(data).hexdigest()
    meta = degraded.meta.to_dict()
    return replace(record, state="done", output=output, output_sha256=digest, scale=scale, meta=meta)


def _unfit(spec: Spec, opened: Opened) -> str | None:
    """Why a degradation does not fit the image's colours, None where it fits."""
    try:
        check_colour(spec, opened.stored)
    except DegradationError as error:
        return str(error)
    return None


def degrade(
    opened: Opened, spec: Spec, strength: Strength, plan: Plan
) -> tuple[Degraded, bytes, dict[str, Any] | None]:
    """The degraded image, the bytes of its file, and the map from stored values to the unit range (None: 8 bits).

    Severity 0 gives the source's own bytes, where its format stays and it holds one image.
    """
    check_finite(opened)
    check_content(opened)
    family = spec.id.split(".", 1)[0]
    scale = opened.scale(family, plan.window)
    image = opened.stored if scale is None else scale.to_unit(opened.stored)
    params = {**opened.parameters(family, scale), **plan.params}
    degraded = apply(
        spec.id,
        image,
        severity=strength.severity,
        level=strength.level,
        params=params,
        seed=plan.seed,
        modality=modality_of(opened, plan),
    )
    record = None if scale is None else asdict(scale)
    if degraded.meta.severity == 0 and opened.frames == 1 and not output_suffix(opened):
        return degraded, opened.path.read_bytes(), record
    stored = degraded.image if scale is None else scale.to_stored(opened.stored, image, degraded.image)
    note = f"medq {spec.id} {strength.folder} seed {plan.seed}"
    return degraded, encode(opened, stored, note=note), record


def output_name(opened: Opened, name: str) -> str:
    """The path below the level's folder: the source's own name, `.png` after a lossy format, the frame of several."""
    path = Path(name)
    first, dot, rest = path.name.partition(".")
    frame = f"_frame{opened.frame:04d}" if opened.frames > 1 else ""
    return str(path.with_name(f"{first}{frame}{dot}{rest}{output_suffix(opened)}"))


def write_whole(path: Path, data: bytes) -> None:
    """Write beside and rename, so that an interrupted run leaves no half file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    partial.write_bytes(data)
    partial.replace(path)
