"""Bubbles in a liquid film, as reflected light shows them: a bright crescent, a dark one, a spark, a hazy middle."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.coordinates import Field, pixel
from medq_tasks.degradations.optics.coverage import cover, window
from medq_tasks.degradations.optics.layer import within
from medq_tasks.degradations.spec import Effect, Image


def foam(
    image: Image,
    places: npt.NDArray[np.float64],
    radii: npt.NDArray[np.float64],
    *,
    light: float,
    haze: float,
) -> Effect:
    """The image under bubbles at `places` (n, 2) with `radii` (n,), in shorter sides, lit from the angle `light`.

    Inside a bubble the picture is mirrored about its centre (a ball lens), veiled by `haze` (opacity in [0, 1]), its
    rim bright towards the light and dark away from it, with a small specular spark. The mask is the bubbles' area.
    """
    out, mask = image.astype(np.float32), np.zeros(image.shape[:2], dtype=np.bool_)
    px = pixel(image.shape)
    for (y0, x0), radius in zip(places, radii, strict=True):
        area = window(image.shape, (y0, x0), radius + 2 * px)
        if area.y.size == 0 or area.x.size == 0:
            continue
        distance = np.hypot(area.y, area.x) - np.float32(radius)
        inside = spread(cover(distance, px), image)
        tone = _tone(area.y, area.x, float(radius), light, px)
        lens = 0.5 * out[area.at] + 0.5 * out[area.at][::-1, ::-1]
        seen = lens + haze * (0.8 - lens)
        lit = seen + spread(np.maximum(tone, 0.0), image) * (1.0 - seen) + spread(np.minimum(tone, 0.0), image) * seen
        out[area.at] += inside * (lit - out[area.at])
        mask[area.at] |= distance < 0.5 * px
    return within(image, out, mask)


def _tone(y: Field, x: Field, radius: float, light: float, px: float) -> Field:
    """In [-1, 1]: how much a bubble's surface brightens (> 0) or darkens (< 0) what is seen through it."""
    rho = np.hypot(y, x) / radius
    towards = (y * np.sin(light) + x * np.cos(light)) / radius
    rim = np.exp(-0.5 * ((rho - 0.9) / max(0.09, px / radius)) ** 2)
    offset = np.hypot(y - 0.5 * radius * np.sin(light), x - 0.5 * radius * np.cos(light))
    spark = cover(offset - 0.13 * radius, max(px, 0.06 * radius))
    tone = rim * np.where(towards > 0, 0.25 + 0.5 * towards, 0.1 + 0.55 * towards) + 0.9 * spark
    return np.asarray(np.clip(tone, -1.0, 1.0), dtype=np.float32)
