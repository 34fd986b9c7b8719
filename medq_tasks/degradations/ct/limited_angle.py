"""Limited-angle CT: a wedge of directions is never measured, so that edges along it smear and streak."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from medq_tasks.degradations.ct.projector import half_turn, projector
from medq_tasks.degradations.ct.scan import FULL_SCAN_VIEWS, SCAN, check_count, open_scan
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image
from medq_tasks.errors import DegradationError


@degradation(
    "ct.limited_angle",
    modalities=("ct",),
    category="artifacts",
    attribute="incomplete projections",
    curves={"arc_deg": Curve("degrees", ((0.05, 179), (0.4, 170), (0.9, 145), (1, 140)))},
    fixed={**SCAN, "views": FULL_SCAN_VIEWS},
    aliases=("limited_angle", "ct.incomplete_projections"),
    colour="grey",
    source="MedQ-Deg limited angle; Frikel and Quinto 2013 (doi 10.1088/0266-5611/29/12/125007)",
)
def limited_angle(image: Image, rng: np.random.Generator, *, arc_deg: float, views: float, **scan: Any) -> Effect:
    """The slice reconstructed from the views within an arc of `arc_deg` out of 180 degrees.

    `views` are spread over 180 degrees; those outside the arc are never projected. FBP weights the measured ones by
    180 / arc, which keeps the mean level, as the reconstruction toolboxes do. The random stream turns the arc.
    Facts: `measured_views`, `start_deg` of the arc.
    """
    if not 1 <= arc_deg <= 180:
        raise DegradationError(f"arc_deg must lie in [1, 180], got {arc_deg!r}")
    setting = open_scan(image, **scan)
    count = check_count("views", views, low=2, high=4096)
    measured = max(round(count * arc_deg / 180), 1)
    first = float(rng.random()) * math.pi
    side, mu = setting.slice.side, setting.slice.mu
    arc = projector(side, first + half_turn(count)[:measured])
    degraded = setting.reconstruct(arc, arc.forward(mu), step_rad=math.pi / measured)
    clean = None
    if setting.mode == "residual":
        whole = projector(side, half_turn(count))
        clean = setting.reconstruct(whole, whole.forward(mu))
    return setting.effect(degraded, clean, measured_views=measured, start_deg=math.degrees(first))
