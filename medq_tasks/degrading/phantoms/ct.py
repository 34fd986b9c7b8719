"""An axial slice of an abdomen in Hounsfield units, seen through a soft-tissue window."""

from __future__ import annotations

import numpy as np

from medq_tasks.degrading.phantoms.shapes import Field, ellipse, over, texture

WINDOW_HU = (-160.0, 240.0)
PIXEL_MM = 1.15
# Row, column, half height, half width, angle, HU; drawn in this order.
ORGANS = (
    (0.02, 0.0, 0.66, 0.90, 0, -100),  # fat
    (0.02, 0.0, 0.59, 0.83, 0, 55),  # muscle wall
    (-0.02, 0.0, 0.52, 0.76, 0, -95),  # fat inside
    (-0.10, -0.38, 0.37, 0.36, -20, 105),  # liver
    (-0.08, 0.52, 0.24, 0.17, 25, 115),  # spleen
    (-0.27, 0.22, 0.17, 0.24, 10, 30),  # stomach
    (0.20, -0.40, 0.15, 0.12, 15, 165),  # kidneys
    (0.20, 0.42, 0.15, 0.12, -15, 165),
    (0.21, -0.37, 0.06, 0.05, 15, 60),
    (0.21, 0.39, 0.06, 0.05, -15, 60),
    (0.16, 0.06, 0.065, 0.065, 0, 190),  # aorta
    (0.12, -0.10, 0.06, 0.085, 0, 150),  # vena cava
    (0.36, 0.0, 0.14, 0.17, 0, 240),  # vertebra
    (0.36, 0.0, 0.11, 0.14, 0, 170),
    (0.50, 0.0, 0.05, 0.06, 0, 25),  # canal
    (0.60, 0.0, 0.09, 0.025, 0, 230),  # spinous process
    (-0.02, 0.05, 0.05, 0.20, -15, 95),  # pancreas
)
VESSELS = ((-0.10, -0.30), (-0.02, -0.45), (-0.20, -0.42), (-0.16, -0.22), (0.02, -0.30))
LOOPS = ((0.02, 0.30), (0.10, 0.24), (0.00, 0.16), (0.30, -0.24), (0.32, 0.24), (-0.30, -0.05))


def render() -> Field:
    """The slice, (320, 320) in [0, 1]: -160 HU black, 240 HU white, 1.15 mm a pixel."""
    hu = np.full_like(texture(0, 1), -1000.0)
    for row, column, height, width, angle, value in ORGANS:
        hu = over(hu, value, ellipse(row, column, height, width, angle_deg=angle))
    for row, column in VESSELS:
        hu = over(hu, 150, ellipse(row, column, 0.018, 0.030, angle_deg=40))
    for row, column in LOOPS:
        hu = over(over(hu, 70, ellipse(row, column, 0.06, 0.07)), 15, ellipse(row, column, 0.035, 0.045))
    for angle in np.deg2rad(np.arange(20, 361, 40)):
        hu = over(hu, 235, ellipse(0.02 + 0.555 * np.sin(angle), 0.795 * np.cos(angle), 0.022, 0.05, edge=0.02))
    tissue = np.clip((hu + 160) / 100, 0, 1)
    hu = hu + tissue * (4 * texture(1, 1.0) + 4 * texture(2, 4))
    low, high = WINDOW_HU
    return np.asarray(np.clip((hu - low) / (high - low), 0, 1))
