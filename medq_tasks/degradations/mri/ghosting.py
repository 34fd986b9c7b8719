"""Ghosting: signal that pulsates from line to line repeats the body at regular distances along the phase axis."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.mri.acquisition import (
    lines_to_image,
    lines_to_kspace,
    magnitude,
    phase_encoded,
    with_phase,
)
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image
from medq_tasks.errors import DegradationError


@degradation(
    "mri.ghosting",
    modalities=("mri",),
    category="artifacts",
    attribute="ghosting artifact",
    curves={"intensity": Curve("modulation depth", ((0.05, 0.06), (0.4, 0.35), (0.9, 0.95), (1, 1.0)))},
    fixed={"period_lines": 4.0, "phase_axis": 0},
    aliases=("ghosting_artifact",),
    colour="grey",
    source="MedQ-Deg ghosting; Wood and Henkelman, Med Phys 1985;12:143, periodic motion",
)
def ghosting(
    image: Image, rng: np.random.Generator, *, intensity: float, period_lines: float, phase_axis: int
) -> Effect:
    """The image from k-space lines k times 1 + `intensity` cos(2 pi k / `period_lines` + random phase).

    It holds two ghosts of half the intensity, shifted by lines / `period_lines` to either side and wrapped; a period of
    2 lines gives the one half-field ghost of echo-planar imaging. Fact: `spacing_px`.
    """
    if not 0 <= intensity <= 2:
        raise DegradationError(f"mri.ghosting: intensity must lie in [0, 2], got {intensity!r}")
    if not period_lines >= 2:
        raise DegradationError(f"mri.ghosting: period_lines must be at least 2, got {period_lines!r}")
    turned = phase_encoded(image, phase_axis)
    lines = turned.shape[0]
    offset = 2 * np.pi * rng.random()
    wave = 1 + intensity * np.cos(2 * np.pi * np.arange(lines) / period_lines + offset)
    kspace = lines_to_kspace(with_phase(turned, rng)) * wave.astype(np.float32)[:, None]
    ghosted = magnitude(lines_to_image(kspace))
    return Effect(phase_encoded(ghosted, phase_axis), None, {"spacing_px": lines / period_lines}, ("phase",))
