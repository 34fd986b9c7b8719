"""A polychromatic beam through water, bone and metal: what the detector makes of line integrals of each."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from medq_tasks.degradations.ct.attenuation import Slice
from medq_tasks.degradations.ct.projector import Floats, Projector
from medq_tasks.degradations.ct.spectrum import REFERENCE_KEV, Floats64, Spectrum, attenuation_per_mm

BONE_FROM_HU = 150.0  # soft tissue and contrast-free blood lie below


def materials(slice_: Slice) -> dict[str, Floats]:
    """Volume shares of "water" and "bone" at each pixel, (side, side) each.

    Together they have the slice's own attenuation at 70 keV.
    Below 150 HU all is water of varying density; above, bone takes over in proportion.
    """
    water, bone = (float(attenuation_per_mm(name, REFERENCE_KEV)) for name in ("water", "bone"))
    relative = slice_.mu / np.float32(slice_.mu_water)
    onset = 1 + BONE_FROM_HU / 1000
    share = np.clip((relative - onset) / np.float32(bone / water - onset), 0, 1)
    return {"water": relative - share * np.float32(bone / water), "bone": share.astype(np.float32)}


def lengths_mm(slice_: Slice, operator: Projector, shares: Mapping[str, Floats]) -> dict[str, Floats]:
    """The path length in mm through each material, (views, bins) each, from volume shares (side, side)."""
    return {
        name: np.maximum(operator.forward(share), 0) * np.float32(slice_.pixel_mm) for name, share in shares.items()
    }


def transmitted(paths_mm: Mapping[str, Floats], spectrum: Spectrum) -> Floats64:
    """The share of the detected signal that passes, for path lengths in mm of each material (any equal shapes)."""
    signal = np.zeros(next(iter(paths_mm.values())).shape)
    for energy, share in zip(spectrum.energy_kev, spectrum.share, strict=True):
        exponent = sum(path * np.float32(attenuation_per_mm(name, energy)) for name, path in paths_mm.items())
        signal += share * np.exp(-np.asarray(exponent))
    return signal


def water_scale(spectrum: Spectrum) -> float:
    """mu_water(70 keV) / mean mu_water of the spectrum: turns a thin layer's line integral into that at 70 keV."""
    mean = float(np.sum(spectrum.share * attenuation_per_mm("water", spectrum.energy_kev)))
    return float(attenuation_per_mm("water", REFERENCE_KEV)) / mean
