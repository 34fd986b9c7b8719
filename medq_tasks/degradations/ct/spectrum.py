"""X-ray spectra and the attenuation of four materials: what makes a CT beam polychromatic."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from medq_tasks.errors import DegradationError

Floats64 = npt.NDArray[np.float64]

ENERGY_KEV = (20.0, 30.0, 40.0, 50.0, 60.0, 80.0, 100.0, 150.0)
DENSITY_G_PER_CM3 = {"water": 1.0, "bone": 1.92, "titanium": 4.54, "iron": 7.874, "aluminium": 2.699}
# Mass attenuation in cm^2/g at ENERGY_KEV: NIST, tables of X-ray mass attenuation coefficients (Hubbell and Seltzer);
# bone is cortical bone (ICRU-44).
MASS_ATTENUATION = {
    "water": (0.8096, 0.3756, 0.2683, 0.2269, 0.2059, 0.1837, 0.1707, 0.1505),
    "bone": (4.001, 1.331, 0.6655, 0.4242, 0.3148, 0.2229, 0.1855, 0.1480),
    "titanium": (15.85, 4.972, 2.214, 1.213, 0.7661, 0.4052, 0.2721, 0.1649),
    "iron": (25.68, 8.176, 3.629, 1.958, 1.205, 0.5952, 0.3717, 0.1964),
    "aluminium": (3.441, 1.128, 0.5685, 0.3681, 0.2778, 0.2018, 0.1704, 0.1378),
}
REFERENCE_KEV = 70.0  # the energy at which Hounsfield units are turned into attenuation
BIN_KEV = 10.0


@dataclass(frozen=True, slots=True)
class Spectrum:
    """Energies in keV and the share of the detected signal at each, (n,) both; the shares sum to 1."""

    energy_kev: Floats64
    share: Floats64


def attenuation_per_mm(material: str, energy_kev: npt.ArrayLike) -> Floats64:
    """Linear attenuation in 1/mm at each energy between 20 and 150 keV, interpolated in log-log.

    >>> round(float(attenuation_per_mm("water", 70.0)), 4)
    0.0194
    """
    if material not in MASS_ATTENUATION:
        raise DegradationError(f"material must be one of {', '.join(MASS_ATTENUATION)}, got {material!r}")
    at = np.log(np.asarray(energy_kev, float))
    mass = np.exp(np.interp(at, np.log(ENERGY_KEV), np.log(MASS_ATTENUATION[material])))
    linear: Floats64 = np.asarray(mass * DENSITY_G_PER_CM3[material] / 10)
    return linear


def tube_spectrum(*, kvp: float, filter_mm_aluminium: float) -> Spectrum:
    """The detected spectrum of a tube: Kramers' law (kVp / E - 1), an aluminium filter, an energy-integrating detector.

    In bins of 10 keV from 25 keV. Raises `DegradationError` outside 40 to 150 kVp.
    """
    if not 40 <= kvp <= 150:
        raise DegradationError(f"kvp must lie in [40, 150], got {kvp!r}")
    energy = np.arange(25.0, kvp, BIN_KEV)
    weight = (kvp / energy - 1) * energy * np.exp(-attenuation_per_mm("aluminium", energy) * filter_mm_aluminium)
    return Spectrum(energy, weight / weight.sum())


def narrowed(spectrum: Spectrum, width: float) -> Spectrum:
    """The spectrum drawn together about its mean energy: width 1 keeps it, width 0 makes it monochromatic."""
    mean = float(np.sum(spectrum.energy_kev * spectrum.share))
    return Spectrum(mean + width * (spectrum.energy_kev - mean), spectrum.share)
