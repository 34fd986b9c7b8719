"""Defocus of the microscope: the section lies off the focal plane."""

from __future__ import annotations

import math

import numpy as np

from medq_tasks.degradations.optics.psf import convolve, disc
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "histopathology.defocus",
    modalities=("histopathology",),
    category="resolution_blur",
    attribute="defocus",
    curves={"defocus_um": Curve("micrometres", ((0.1, 0.8), (0.4, 2.5), (0.9, 8.0), (1.0, 10.0)))},
    fixed={"aperture": 0.5, "um_per_px": 0.5},
    source="geometrical optics; Schomig-Markiefka et al. (Mod Pathol 2021;34:2098) stress focus",
)
def defocus(
    image: Image, rng: np.random.Generator, *, defocus_um: float, aperture: float = 0.5, um_per_px: float = 0.5
) -> Effect:
    """Every point becomes a disc of radius `defocus_um` tan(asin(`aperture`)) / `um_per_px` pixels.

    `aperture` is the numerical aperture in air, `um_per_px` the pixel pitch in the specimen (0.5 um: a 20x scan).
    """
    radius_px = defocus_um * math.tan(math.asin(aperture)) / um_per_px
    return Effect(convolve(image, disc(radius_px)), facts={"radius_px": radius_px}, assumed=("aperture", "um_per_px"))
