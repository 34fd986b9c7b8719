"""One picture of a benchmark: an original, degraded where that is asked for, through its window into a file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from medq_tasks.construction.bank import Level
from medq_tasks.construction.original import Original
from medq_tasks.construction.picture import encode_png
from medq_tasks.construction.spec import BuildSpec
from medq_tasks.construction.windowing import Bounds, show
from medq_tasks.degrading.job import write_whole
from medq_tasks.degrading.opened import Opened
from medq_tasks.errors import DegradationError


@dataclass(frozen=True, slots=True)
class Wanted:
    """One picture to be made; `degradation` is None for the original itself."""

    original: Original
    attribute: str | None = None
    level: Level = "none"
    severity: str = "L0"
    degradation: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The stem of its files."""
        applied = () if self.degradation is None else (self.attribute or self.degradation, self.severity)
        return "_".join((self.original.id, *applied))


def make_picture(spec: BuildSpec, wanted: Wanted, opened: Opened, bounds: Bounds | None, path: Path) -> dict[str, Any]:
    """Writes the picture. Returns its `sha256` and `record`, or under `refused` why there is none."""
    stored, record = opened.stored, None
    if wanted.degradation is not None:
        try:
            stored, record = _apply(spec, wanted, wanted.degradation, opened, bounds)
        except DegradationError as error:
            return {"refused": str(error), "sha256": None, "record": None}
        effect = _psnr_db(spec, opened, stored, bounds)
        if effect > spec.degradations.minimum_effect_db:
            reason = f"no visible effect: {effect:.1f} dB PSNR, above {spec.degradations.minimum_effect_db:g} dB"
            return {"refused": reason, "sha256": None, "record": None}
    data = encode_png(show(opened, stored, bounds, spec.picture.format))
    write_whole(path, data)
    return {"refused": None, "sha256": hashlib.sha256(data).hexdigest(), "record": record}


def _apply(
    spec: BuildSpec, wanted: Wanted, name: str, opened: Opened, bounds: Bounds | None
) -> tuple[Any, dict[str, Any]]:
    """Degrades stored values, so that CT physics sees the attenuation that a window would clip."""
    from medq_tasks.degradations import apply, get

    modality = wanted.original.modality
    family = get(name, modality).id.split(".", 1)[0]
    scale = opened.scale(family, None if bounds is None else bounds[:2])
    image = opened.stored if scale is None else scale.to_unit(opened.stored)
    parameters = {**opened.parameters(family, scale), **wanted.parameters}
    done = apply(name, image, level=wanted.severity, params=parameters, seed=spec.seed, modality=modality)
    stored = done.image if scale is None else scale.to_stored(opened.stored, image, done.image)
    return stored, done.meta.to_dict()


def _psnr_db(spec: BuildSpec, opened: Opened, stored: Any, bounds: Bounds | None) -> float:
    """Between the shown pictures, infinite for equal ones."""
    from medq_tasks.degradations.fidelity import psnr
    from medq_tasks.degradations.validation import to_unit

    clean, degraded = (to_unit(show(opened, values, bounds, spec.picture.format)) for values in (opened.stored, stored))
    return float("inf") if (clean == degraded).all() else float(psnr(clean, degraded))
