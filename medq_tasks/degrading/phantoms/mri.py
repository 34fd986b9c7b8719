"""An axial slice of a head with the contrast of a T1-weighted image."""

from __future__ import annotations

import numpy as np

from medq_tasks.degrading.phantoms.shapes import Field, ellipse, over, plane, texture

WHITE, GREY, FLUID = 0.72, 0.50, 0.12


def render() -> Field:
    """The slice, (320, 320) in [0, 1]; air is black."""
    head = over(np.zeros_like(texture(0, 1)), 0.85, ellipse(0, 0, 0.90, 0.74))  # fat of the scalp
    head = over(head, 0.05, ellipse(0, 0, 0.84, 0.68))  # skull
    head = over(head, FLUID, ellipse(0, 0, 0.79, 0.63))
    y, x = plane()
    folds = 0.035 * np.sin(34 * np.arctan2(y / 0.78, x / 0.62) + 2.5 * texture(3, 14))
    depth = np.hypot(y / 0.77, x / 0.61) + folds
    head = over(head, GREY, np.clip((1.0 - depth) / 0.02, 0, 1))  # cortex
    head = over(head, WHITE, np.clip((0.87 + 0.6 * folds - depth) / 0.03, 0, 1))
    head = over(head, FLUID, np.clip((0.016 - np.abs(x)) / 0.01, 0, 1) * (np.abs(y) > 0.35) * (depth < 0.98))
    for side in (-1, 1):
        head = over(head, GREY + 0.05, ellipse(0.02, side * 0.27, 0.17, 0.075, angle_deg=side * 12))  # putamen
        head = over(head, GREY, ellipse(0.14, side * 0.12, 0.12, 0.085))  # thalamus
        head = over(head, GREY + 0.04, ellipse(-0.18, side * 0.13, 0.10, 0.05, angle_deg=-side * 20))  # caudate
        head = over(head, FLUID, ellipse(-0.16, side * 0.065, 0.15, 0.035, angle_deg=-side * 15))  # ventricles
        head = over(head, FLUID, ellipse(0.36, side * 0.16, 0.13, 0.035, angle_deg=side * 25))
    head = over(head, FLUID, ellipse(0.12, 0, 0.11, 0.014))
    signal = head * (1 + 0.02 * texture(4, 1.2) + 0.02 * texture(5, 6))
    return np.asarray(np.clip(signal, 0, 1))
