"""Sparse-view CT: too few projections, which leaves fine streaks from every edge."""

from __future__ import annotations

from typing import Any

import numpy as np

from medq_tasks.degradations.ct.projector import half_turn, projector
from medq_tasks.degradations.ct.scan import FULL_SCAN_VIEWS, SCAN, check_count, open_scan
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "ct.sparse_view",
    modalities=("ct",),
    category="artifacts",
    attribute="streak artifact",
    curves={
        "views": Curve(
            "projections over 180 degrees", ((0.1, 360), (0.4, 120), (0.9, 45), (1, 36)), log=True, integer=True
        )
    },
    fixed={**SCAN, "reference_views": FULL_SCAN_VIEWS},
    aliases=("sparse_view",),
    colour="grey",
    source="MedQ-Deg sparse view; physics: Kak and Slaney ch. 3 (view aliasing)",
)
def sparse_view(image: Image, rng: np.random.Generator, *, views: float, reference_views: float, **scan: Any) -> Effect:
    """The slice reconstructed from `views` projections over 180 degrees instead of `reference_views`.

    The random stream turns the scan by a share of one step. Facts: `step_deg` between views.
    """
    setting = open_scan(image, **scan)
    count = check_count("views", views, low=2, high=4096)
    full = check_count("reference_views", reference_views, low=2, high=4096)
    start = float(rng.random())
    mu = setting.slice.mu
    few = projector(setting.slice.side, half_turn(count, start=start))
    degraded = setting.reconstruct(few, few.forward(mu))
    clean = None
    if setting.mode == "residual":
        many = projector(setting.slice.side, half_turn(full))
        clean = setting.reconstruct(many, many.forward(mu))
    return setting.effect(degraded, clean, step_deg=180 / count, start_deg=180 / count * start)
