"""An instrument in the frame: the metal shaft and jaws of a forceps hide what lies behind."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.aperture import field_of_view
from medq_tasks.degradations.optics.channels import spread, tint
from medq_tasks.degradations.optics.coordinates import Field, axes, pixel
from medq_tasks.degradations.optics.coverage import cover
from medq_tasks.degradations.optics.layer import within
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_STEEL = (0.78, 0.8, 0.84)
_GLINT = (1.0, 1.0, 1.0)
_OPENING = 0.38  # radians from the axis to each jaw


@degradation(
    "endoscopy.instrument",
    modalities=("endoscopy",),
    category="artifacts",
    attribute="instrument",
    curves={
        "length": Curve("shorter sides into the frame", ((0.1, 0.15), (0.4, 0.4), (0.9, 0.85), (1.0, 0.95))),
        "width": Curve("shorter sides", ((0.1, 0.05), (0.4, 0.075), (0.9, 0.15), (1.0, 0.17))),
    },
    local=True,
    source="EAD2019 class instrument; cylinder shading of ours",
)
def instrument(image: Image, rng: np.random.Generator, *, length: float, width: float) -> Effect:
    """A forceps of `width` reaches `length` shorter sides into the frame from a random side, with a soft shadow.

    A steel cylinder lit from the side (diffuse and a glint along it, the rings of its coil), ending in a joint and two
    open jaws. Same entry point and direction at every severity; edges anti-aliased.
    """
    turn, aim, flip = rng.uniform(size=3)
    angle, side = 2 * np.pi * turn, 1.0 if flip < 0.5 else -1.0
    y, x = axes(image.shape)
    outward = x * np.cos(angle) + y * np.sin(angle)
    across = side * (-x * np.sin(angle) + y * np.cos(angle) - 0.2 * (aim - 0.5))
    seen = field_of_view(image)
    entry = np.where(seen & (np.abs(across) < 0.5 * width), outward, -np.inf).max()
    into = (entry if np.isfinite(entry) else outward.max()) - outward  # depth of a pixel into the field of view
    behind = into - (length - 1.1 * width)  # > 0 beyond the joint
    half, px = 0.5 * width, pixel(image.shape)
    tone, inside = _forceps(across, behind, half, px)
    shadow = 0.45 * _soft(np.maximum(np.abs(across - 0.5 * half) - half, behind - width), 0.7 * half)
    metal = spread(np.clip(tone, 0.0, 1.0), image) * tint(_STEEL, image)
    glint = spread(np.clip(tone - 1.0, 0.0, 1.0), image) * tint(_GLINT, image)
    shaded = image * (1.0 - spread(shadow, image))
    mixed = shaded + spread(inside, image) * (metal + glint - shaded)
    return within(image, mixed, ((inside > 0) | (shadow > 0)) & seen)


def _forceps(across: Field, behind: Field, half: float, px: float) -> tuple[Field, Field]:
    """Brightness (above 1: glint) and coverage of shaft, joint and jaws."""
    shaft = np.maximum(np.abs(across) - half, behind)
    rings = 0.9 + 0.1 * np.cos(2 * np.pi * behind / (0.35 * half)) * (behind < -0.3 * half)
    tone, inside = _cylinder(across / half) * rings, cover(shaft.astype(np.float32), px)
    joint = np.hypot(across, behind) - 0.85 * half
    tone = np.where(joint < 0, _cylinder(across / (0.85 * half)) * 0.85, tone)
    inside = np.maximum(inside, cover(joint.astype(np.float32), px))
    for sign in (-1.0, 1.0):
        ahead = behind * np.cos(_OPENING) + sign * across * np.sin(_OPENING)
        aside = -behind * np.sin(_OPENING) * sign + across * np.cos(_OPENING)
        taper = half * np.clip(0.55 - 0.16 * ahead / half, 0.12, 0.55)
        jaw = np.maximum(np.abs(aside) - taper, np.maximum(-ahead, ahead - 2.3 * half))
        tone = np.where(jaw < 0, _cylinder(aside / taper) * 1.05, tone)
        inside = np.maximum(inside, cover(jaw.astype(np.float32), px))
    return tone.astype(np.float32), inside


def _cylinder(u: Field) -> Field:
    """Brightness over the half-widths `u` in [-1, 1] of a steel cylinder lit from u = -0.4."""
    normal = np.sqrt(np.maximum(1.0 - np.square(np.clip(u, -1, 1)), 0.0))
    lit = 0.18 + 0.62 * np.maximum(0.92 * normal - 0.4 * u, 0.0) * normal
    glint = 1.1 * np.exp(-0.5 * ((u + 0.38) / 0.1) ** 2) + 0.35 * np.exp(-0.5 * ((u - 0.55) / 0.08) ** 2)
    return np.asarray(lit + glint, dtype=np.float32)


def _soft(distance: Field, softness: float) -> Field:
    """1 well inside, 0 beyond `softness` outside an edge, smooth between."""
    rise = np.clip(0.5 - distance / (2 * softness), 0.0, 1.0)
    return np.asarray(rise * rise * (3 - 2 * rise), dtype=np.float32)
