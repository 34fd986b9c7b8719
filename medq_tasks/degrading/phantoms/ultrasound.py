"""A sector scan of an abdomen: echoes of random scatterers, log-compressed to 60 dB."""

from __future__ import annotations

import numpy as np

from medq_tasks.degrading.phantoms.shapes import SIDE_PX, Field, ellipse, over, plane

APEX_ROW, HALF_ANGLE_RAD, NEAR, FAR = -1.25, 0.66, 0.36, 2.14
RANGE_DB = 60.0


def render() -> Field:
    """The scan, (320, 320) in [0, 1]; black outside the sector."""
    y, x = plane()
    depth, angle = np.hypot(y - APEX_ROW, x), np.arctan2(x, y - APEX_ROW)
    level = 20 * np.log10(_speckle(depth, angle) + 1e-6) + _echogenicity(depth)
    shown = np.clip((level + RANGE_DB - 14) / RANGE_DB, 0, 1)
    return np.asarray(shown * (np.abs(angle) < HALF_ANGLE_RAD) * (depth > NEAR) * (depth < FAR))


def _echogenicity(depth: Field) -> Field:
    """Mean echo level in dB: liver, kidney, gall bladder with its enhancement, a vessel, the diaphragm."""
    y, x = plane()
    level = np.full_like(depth, -12.0)
    level = over(level, -4.0, np.clip((0.52 - depth) / 0.05, 0, 1))  # abdominal wall
    level = over(level, -19.0, ellipse(0.20, 0.30, 0.30, 0.20, angle_deg=-30))  # cortex of the kidney
    level = over(level, -6.0, ellipse(0.20, 0.30, 0.17, 0.09, angle_deg=-30, edge=0.06))  # its sinus
    gall = ellipse(-0.12, -0.28, 0.20, 0.10, angle_deg=25)
    behind = np.clip((0.09 - np.abs(x + 0.32 + 0.25 * (y + 0.12))) / 0.04, 0, 1) * (y > 0.05)
    level = over(level, -5.0, 0.7 * behind)
    level = over(level, -60.0, gall)
    for row, column, tilt in ((-0.42, 0.05, 20), (-0.05, 0.02, -35), (0.45, -0.25, 10)):
        level = over(level, -3.0, ellipse(row, column, 0.052, 0.13, angle_deg=tilt))
        level = over(level, -50.0, ellipse(row, column, 0.036, 0.115, angle_deg=tilt))
    diaphragm = np.exp(-(((depth - 1.98 + 0.10 * np.cos(3 * x)) / 0.025) ** 2))
    return np.asarray(over(level, 6.0, diaphragm) - 3.0 * depth)


def _speckle(depth: Field, angle: Field) -> Field:
    """Rayleigh amplitude whose cell is short in depth and grows across with depth, on the pixels of the sector."""
    from scipy.ndimage import gaussian_filter, map_coordinates

    rng = np.random.Generator(np.random.Philox(key=8))
    parts = [gaussian_filter(part, (1.1, 1.6)) for part in rng.standard_normal((2, 520, 260))]
    amplitude = np.hypot(*(part / part.std() for part in parts)) / np.sqrt(2)
    at = [(depth - NEAR) / (FAR - NEAR) * 519, (angle / HALF_ANGLE_RAD + 1) / 2 * 259]
    return np.asarray(map_coordinates(amplitude, at, order=1, mode="nearest")).reshape(SIDE_PX, SIDE_PX)
