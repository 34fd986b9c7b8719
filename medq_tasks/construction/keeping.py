"""Which pictures of an earlier build can stay: those whose file and making are still the same."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from medq_tasks.construction.making import Wanted
from medq_tasks.construction.spec import BuildSpec


def picture_key(spec: BuildSpec, wanted: Wanted) -> str:
    """A hash of everything that decides the picture's bytes."""
    from medq_tasks.degradations.metadata import ENGINE_VERSION, package_versions

    original = wanted.original
    parts = {
        "source": original.sha256, "axis": original.axis, "frame": original.frame, "bounds": original.bounds,
        "shrink": original.shrink,
        "prepare": original.source.prepare.model_dump(), "modality": original.modality,
        "picture": spec.picture.model_dump(exclude={"maximum_side_px"}),
        "markers": original.markers, "name": original.id,
        "applied_to": spec.degradations.applied_to, "degradation": wanted.degradation,
        "parameters": dict(wanted.parameters), "severity": wanted.severity,
        "seed": spec.seed, "effect": spec.degradations.minimum_effect_db, "engine": ENGINE_VERSION,
        "versions": dict(package_versions()),
    }  # fmt: skip
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def kept_record(state: Path, file: Path, key: str) -> dict[str, Any] | None:
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
