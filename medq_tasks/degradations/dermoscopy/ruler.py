"""A ruler: the scale on the contact plate or laid beside the lesion."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import spread, tint
from medq_tasks.degradations.optics.coordinates import Field, axes, half_extent, pixel
from medq_tasks.degradations.optics.coverage import cover
from medq_tasks.degradations.optics.layer import within
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_PAPER = (0.93, 0.94, 0.92)
_INK = (0.06, 0.06, 0.08)


@degradation(
    "dermoscopy.ruler",
    modalities=("dermoscopy",),
    category="artifacts",
    attribute="ruler",
    curves={
        "height": Curve("shorter sides", ((0.1, 0.05), (0.4, 0.11), (0.9, 0.26), (1.0, 0.3))),
        "opacity": Curve("of the strip", ((0.1, 0.35), (0.4, 0.5), (0.9, 0.8), (1.0, 0.85))),
    },
    fixed={"millimetre": 0.025},
    local=True,
    source="ruler marks as in ISIC pictures (Bissoto et al., CVPR Workshops 2019); drawing of ours",
)
def ruler(
    image: Image, rng: np.random.Generator, *, height: float, opacity: float, millimetre: float = 0.025
) -> Effect:
    """A translucent strip `height` shorter sides wide along one side, of `opacity`, with dark marks.

    Marks every `millimetre` (shorter sides), longer at 5 and 10, at a slight tilt. The side is drawn; same side and
    tilt at every severity, so a narrow ruler lies inside a wide one.
    """
    side, tilt, phase = int(rng.integers(4)), np.deg2rad(rng.uniform(-4.0, 4.0)), rng.uniform(0.0, 10.0)
    y, x = axes(image.shape)
    half_y, half_x = half_extent(image.shape)
    inward, along = ((y + half_y, x), (half_y - y, x), (x + half_x, y), (half_x - x, y))[side]
    depth = height - (inward * np.cos(tilt) + along * np.sin(tilt))  # > 0 on the strip, 0 at its inner edge
    position = (along * np.cos(tilt) - inward * np.sin(tilt)) / millimetre + phase
    px = pixel(image.shape)
    strip = np.asarray(cover(-depth, px), dtype=np.float32)
    ink = _marks(position, depth, height, px / millimetre) * strip
    paper = image + opacity * spread(strip, image) * (tint(_PAPER, image) - image)
    return within(image, paper + spread(0.92 * ink, image) * (tint(_INK, image) - paper), strip > 0)


def _marks(position: Field, depth: Field, height: float, px: float) -> Field:
    """Coverage of the scale's marks; `position` and `px` in millimetres of the scale."""
    nearest = np.rint(position)
    kind = np.mod(nearest, 10.0)
    length = np.where(kind == 0, 0.62, np.where(kind == 5, 0.45, 0.28)) * height
    line = np.clip(0.5 + (np.where(kind == 0, 0.13, 0.09) - np.abs(position - nearest)) / px, 0.0, 1.0)
    return np.asarray(line * (depth < length), dtype=np.float32)
