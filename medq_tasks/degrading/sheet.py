"""Contact sheets: a picture a degradation, rows are images, columns severities."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations import Spec, apply
from medq_tasks.degradations.validation import to_unit
from medq_tasks.degrading.job import modality_of
from medq_tasks.degrading.opened import Opened, open_frames
from medq_tasks.degrading.plan import Plan, Strength

TILE_PX = 256
LABEL_PX = 18
MAX_ROWS = 6
FULL_LADDER = tuple(Strength(severity=s) for s in (0.0, 0.2, 0.4, 0.65, 0.9))


def write_sheet(file: Path, spec: Spec, paths: Sequence[Path], plan: Plan) -> Path:
    """Write the sheet of one degradation on the first images of the list that it fits, 6 at most; returns `file`.

    Columns are the plan's severities, or clean, 0.2, 0.4 (mild), 0.65, 0.9 (severe) where it names only one.
    """
    from PIL import Image

    strengths = plan.strengths if len(plan.strengths) > 1 else FULL_LADDER
    rows = [row for path in paths if (row := _row(path, spec, strengths, plan)) is not None][:MAX_ROWS]
    header = [_label(strength.folder) for strength in strengths]
    picture = np.vstack([np.hstack(header), *rows]) if rows else np.hstack(header)
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture).save(file, "PNG")
    return file


def _row(path: Path, spec: Spec, strengths: Sequence[Strength], plan: Plan) -> npt.NDArray[np.uint8] | None:
    from medq_tasks.errors import InputError

    try:
        opened = open_frames(path, plan.frame if plan.frame != "all" else "middle")[0]
        if modality_of(opened, plan) not in spec.modalities:
            return None
        return np.hstack([_tile(_degraded(opened, spec, strength, plan)) for strength in strengths])
    except InputError:
        return None


def _degraded(opened: Opened, spec: Spec, strength: Strength, plan: Plan) -> npt.NDArray[Any]:
    """The image as it is shown: for values in HU the CT physics sees all of them, the sheet a window."""
    family = spec.id.split(".", 1)[0]
    scale, shown = opened.scale(family, plan.window), opened.scale("general", plan.window)
    image = opened.stored if scale is None else scale.to_unit(opened.stored)
    degraded = apply(
        spec.id,
        image,
        severity=strength.severity,
        level=strength.level,
        params={**opened.parameters(family, scale), **plan.params},
        seed=plan.seed,
        modality=modality_of(opened, plan),
    ).image
    if scale is None or shown is None:
        return to_unit(degraded)
    return shown.to_unit(scale.to_stored(opened.stored, image, degraded))


def _tile(image: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    from PIL import Image

    grey = Image.fromarray(np.rint(image * 255).astype(np.uint8)).convert("RGB")
    scale = TILE_PX / max(grey.size)
    small = grey.resize(
        (max(round(grey.width * scale), 1), max(round(grey.height * scale), 1)), Image.Resampling.LANCZOS
    )
    tile = Image.new("RGB", (TILE_PX, TILE_PX))
    tile.paste(small, ((TILE_PX - small.width) // 2, (TILE_PX - small.height) // 2))
    return np.asarray(tile)


def _label(text: str) -> npt.NDArray[np.uint8]:
    from PIL import Image, ImageDraw

    label = Image.new("RGB", (TILE_PX, LABEL_PX))
    ImageDraw.Draw(label).text((4, 3), text, fill="white")
    return np.asarray(label)
