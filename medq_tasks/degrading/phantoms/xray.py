"""A frontal radiograph of a chest: the logarithm of the X-rays that pass, bone bright."""

from __future__ import annotations

import numpy as np

from medq_tasks.degrading.phantoms.shapes import Field, ellipse, plane, texture


def render() -> Field:
    """The radiograph, (320, 320) in [0, 1]: a sum of attenuations along each ray, windowed."""
    y, x = plane()
    body = 0.62 + 0.16 * y + 0.10 * np.abs(x)
    for side in (-1, 1):
        lung = ellipse(-0.05, side * 0.45, 0.72, 0.34, angle_deg=side * 6, edge=0.06)
        dome = np.clip((0.52 + 0.28 * (x - side * 0.42) ** 2 * 4 - y) / 0.03, 0, 1)
        body = body - 0.46 * lung * dome
        body = body + 0.06 * lung * dome * _vessels(side)
    body = body + 0.15 * ellipse(0.30, 0.14, 0.36, 0.31, angle_deg=35, edge=0.05)  # heart
    body = body + 0.16 * ellipse(-0.36, 0.10, 0.14, 0.10, edge=0.05)  # aortic arch
    body = body + 0.12 * np.clip((0.115 - np.abs(x)) / 0.04, 0, 1) * (0.9 + 0.1 * np.sin(y * 34))  # spine
    body = body - 0.13 * ellipse(-0.75, 0.0, 0.30, 0.045, edge=0.03)  # trachea
    body = body + _ribs()
    for side in (-1, 1):
        bar = np.abs(y + 0.74 - 0.16 * np.abs(x) + 0.05 * np.sin(5 * x * side))
        body = body + 0.11 * np.clip((0.035 - bar) / 0.012, 0, 1) * (np.abs(x) > 0.10) * (x * side > 0)  # clavicles
    body = body * np.clip((1.06 - np.abs(x) - 0.10 * np.clip(-y - 0.4, 0, 1)) / 0.10, 0, 1)
    return np.asarray(np.clip(0.04 + 0.98 * body + 0.006 * texture(1, 0.8) + 0.008 * texture(2, 5), 0, 1))


def _ribs() -> Field:
    """Nine pairs of ribs: the back part falls outwards faintly, the front part falls inwards."""
    y, x = plane()
    out = np.abs(x)
    total = np.zeros_like(x)
    reach = np.clip((0.84 - out) / 0.05, 0, 1) * np.clip((out - 0.10) / 0.06, 0, 1)
    for number in range(9):
        top = -0.78 + 0.155 * number
        back = y - (top + 0.42 * out**2 - 0.06 * out)
        front = y - (top + 0.36 - 0.30 * (out - 0.15))
        total = total + 0.085 * np.clip((0.026 - np.abs(back)) / 0.010, 0, 1) * reach
        total = total + 0.045 * np.clip((0.022 - np.abs(front)) / 0.012, 0, 1) * reach * (out > 0.35)
    return np.asarray(total)


def _vessels(side: int) -> Field:
    """Branching lung markings that fade away from the hilum."""
    y, x = plane()
    distance = np.hypot(y - 0.02, x - side * 0.18)
    angle = np.arctan2(y - 0.02, (x - side * 0.18) * side)
    strands = np.clip(1 - np.abs(np.sin(7 * angle + 1.2 * texture(6 + side, 20))) / (0.16 + 0.10 * distance), 0, 1)
    return np.asarray(strands * np.exp(-(distance**2) / 0.16) * 1.6)
