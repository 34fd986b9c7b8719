"""One picture of a benchmark: an original, degraded where that is asked for, through its window into a file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from medq_tasks.construction.original import Original
from medq_tasks.construction.picture import encode_png
from medq_tasks.construction.spec import BuildSpec
from medq_tasks.construction.volume import open_plane
from medq_tasks.construction.windowing import show, shrunk
from medq_tasks.degrading.job import write_whole
from medq_tasks.degrading.opened import Opened
from medq_tasks.errors import DegradationError
from medq_tasks.sample.catalogue import Attribute, Level


@dataclass(frozen=True, slots=True)
class Wanted:
    """One picture to be made; `attribute`, `entry` and `degradation` are None for the original itself."""

    original: Original
    attribute: str | None
    entry: Attribute | None
    level: Level
    severity: str
    degradation: str | None

    @property
    def name(self) -> str:
        """The stem of its files."""
        parts = (self.original.id, self.attribute, self.severity if self.attribute else None)
        return "_".join(part for part in parts if part)


def open_original(original: Original) -> Opened:
    """The original's stored values, shrunk as the spec asks."""
    opened = open_plane(original.path, original.axis, original.frame)
    size = None if opened.pixel_mm is None else opened.pixel_mm * original.shrink
    return replace(opened, stored=shrunk(opened.stored, original.shrink), pixel_mm=size)


def make_picture(spec: BuildSpec, wanted: Wanted, opened: Opened, path: Path) -> dict[str, Any]:
    """Writes the picture. Returns its `sha256` and `record`, or under `refused` why there is none."""
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


def _apply(spec: BuildSpec, wanted: Wanted, name: str, entry: Attribute, opened: Opened) -> tuple[Any, dict[str, Any]]:
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


def _psnr_db(spec: BuildSpec, wanted: Wanted, opened: Opened, stored: Any) -> float:
    """Between the shown pictures, infinite for equal ones."""
    from medq_tasks.degradations.fidelity import psnr
    from medq_tasks.degradations.validation import to_unit

    clean, degraded = (
        to_unit(show(opened, values, wanted.original.bounds, spec.picture.format)) for values in (opened.stored, stored)
    )
    return float("inf") if (clean == degraded).all() else float(psnr(clean, degraded))
