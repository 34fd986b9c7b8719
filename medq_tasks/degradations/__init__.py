"""Degradations of medical images: one file each, pure and seeded.

from medq_tasks.degradations import apply
degraded = apply("ct.low_dose", image, level="L1", seed=7, modality="ct")
degraded.image, degraded.mask, degraded.meta.to_dict()
"""

from medq_tasks.degradations.applying import Degraded, apply, replay
from medq_tasks.degradations.metadata import Metadata
from medq_tasks.degradations.registry import applicable, degradation, get, load_all
from medq_tasks.degradations.spec import Curve, Effect, Image, Mask, Spec

__all__ = [
    "Curve",
    "Degraded",
    "Effect",
    "Image",
    "Mask",
    "Metadata",
    "Spec",
    "applicable",
    "apply",
    "degradation",
    "get",
    "load_all",
    "replay",
]
