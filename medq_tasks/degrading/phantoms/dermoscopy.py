"""A pigmented lesion on skin under a dermatoscope: a brown patch with a network and darker globules."""

from __future__ import annotations

import numpy as np

from medq_tasks.degrading.phantoms.shapes import Field, plane, texture

SKIN_RGB = (0.87, 0.68, 0.60)
# Optical density of melanin at unit depth, red to blue: it absorbs blue most.
PIGMENT_OD = (0.42, 0.78, 1.05)


def render() -> Field:
    """The lesion, (320, 320, 3) in [0, 1]."""
    y, x = plane()
    angle = np.arctan2(y, x)
    rim = 0.55 + 0.07 * np.sin(2 * angle + 0.6) + 0.04 * np.sin(5 * angle) + 0.03 * texture(1, 12)
    inside = 1 / (1 + np.exp((np.hypot(y * 1.1, x) - rim) / 0.045))
    lines = np.exp(-((texture(2, 3.2) / 0.28) ** 2))  # the zero lines of a random field close into meshes
    globules = np.clip(texture(3, 3.0) - 1.7, 0, 1) * (np.hypot(y, x) < 0.35)
    blotch = np.clip(texture(4, 22), -1.5, 1.5)
    depth = inside * (0.48 + 0.30 * lines * np.hypot(y, x) / 0.55 + 0.16 * blotch + 0.7 * globules)
    vessels = 0.035 * texture(5, 9) + 0.012 * texture(6, 1.2)
    light = 1 - 0.10 * (y**2 + x**2)
    pixels = [
        light * tone * (1 + vessels * weight) * 10 ** (-0.75 * absorbed * np.maximum(depth, 0))
        for tone, absorbed, weight in zip(SKIN_RGB, PIGMENT_OD, (0.5, 1.3, 1.1), strict=True)
    ]
    return np.asarray(np.clip(np.stack(pixels, axis=-1), 0, 1))
