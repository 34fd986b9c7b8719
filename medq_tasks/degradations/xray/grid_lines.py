"""Grid lines: the lead strips of an anti-scatter grid that does not move, or is turned and cuts the beam off."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.coordinates import axes, shorter_side
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "xray.grid_lines",
    modalities=("xray",),
    category="artifacts",
    attribute="grid lines",
    curves={
        "depth": Curve("of the display range", ((0.1, 0.02), (0.4, 0.06), (0.9, 0.16), (1.0, 0.19))),
        "cut_off": Curve("of the display range", ((0.1, 0.01), (0.4, 0.04), (0.9, 0.16), (1.0, 0.2))),
    },
    fixed={"lines": 64.0},
    source="stationary grid and grid cut-off (Bushberg, The Essential Physics of Medical Imaging, chapter 7)",
)
def grid_lines(image: Image, rng: np.random.Generator, *, depth: float, cut_off: float, lines: float = 64.0) -> Effect:
    """out = image + `depth` s + `cut_off` u^2 - mean: attenuation of strips and of a decentred grid, in display units.

    s in [0, 1] is a raised cosine with `lines` periods over the shorter side, at most one in four pixels, nearly along
    the columns or the rows (drawn); u rises from 0 to 1 towards one side. Attenuation adds in a display linear in it;
    exposure control takes the mean of the addition away again.
    """
    turn, phase, side, tilt = rng.uniform(size=4)
    y, x = axes(image.shape)
    along, across = (y, x) if turn < 0.5 else (x, y)
    rate = min(lines, shorter_side(image.shape) / 4.0)
    position = across + np.tan(np.deg2rad(3.0 * (tilt - 0.5))) * along
    strips = 0.5 + 0.5 * np.cos(2 * np.pi * (rate * position + phase))
    ramp = np.clip(0.5 + across / (2 * np.abs(across).max() + 1e-9) * (1.0 if side < 0.5 else -1.0), 0.0, 1.0)
    added = np.broadcast_to(depth * strips + cut_off * ramp**2, image.shape[:2])
    shift = spread((added - added.mean()).astype(np.float32), image)
    return Effect(np.clip(image + shift, 0.0, 1.0), facts={"lines": rate})
