"""Gibbs ringing: k-space cut off too early blurs the image and repeats its edges as fading lines."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.mri.acquisition import magnitude, to_image, to_kspace, with_phase
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image
from medq_tasks.errors import DegradationError


@degradation(
    "mri.gibbs_ringing",
    modalities=("mri",),
    category="artifacts",
    attribute="truncation artifact",
    curves={
        "kept_share": Curve(
            "share of the lines of k-space", ((0.05, 0.7), (0.4, 0.3), (0.9, 0.14), (1, 0.12)), log=True
        )
    },
    fixed={"both_axes": True, "phase_axis": 0},
    aliases=("mri.truncation",),
    colour="grey",
    source="Czervionke et al. 1988 (AJR 151:1219); Kellner et al. 2016 (doi 10.1002/mrm.26054)",
)
def gibbs_ringing(
    image: Image, rng: np.random.Generator, *, kept_share: float, both_axes: bool, phase_axis: int
) -> Effect:
    """The image from the central `kept_share` of k-space, the rest filled with zeros without a window.

    An edge rings with a period of 2 / `kept_share` pixels and overshoots by 9 %. `both_axes` cuts along rows and
    columns, else along `phase_axis` alone. Fact: `resolution_px`.
    """
    if not 0 < kept_share <= 1:
        raise DegradationError(f"mri.gibbs_ringing: kept_share must lie in (0, 1], got {kept_share!r}")
    kspace = to_kspace(with_phase(image, rng))
    for axis, count in enumerate(image.shape):
        if both_axes or axis == phase_axis:
            inside = np.abs(np.arange(count) - count // 2) <= kept_share * count / 2
            kspace *= inside[:, None] if axis == 0 else inside
    return Effect(magnitude(to_image(kspace)), None, {"resolution_px": 1 / kept_share}, ("phase",))
