"""Spectra and the table of attenuation."""

import doctest
import itertools

import numpy as np
import pytest

from medq_tasks.degradations.ct import spectrum
from medq_tasks.degradations.ct.spectrum import attenuation_per_mm, narrowed, tube_spectrum
from medq_tasks.errors import DegradationError


def test_the_documented_value_holds():
    assert doctest.testmod(spectrum).failed == 0


@pytest.mark.parametrize(
    ("material", "kev", "per_cm"),
    [
        ("water", 60, 0.2059),
        ("bone", 60, 0.3148 * 1.92),
        ("iron", 100, 0.3717 * 7.874),
        ("titanium", 80, 0.4052 * 4.54),
    ],
)
def test_tabulated_attenuation_is_returned_at_its_energies(material, kev, per_cm):
    assert float(attenuation_per_mm(material, kev)) == pytest.approx(per_cm / 10, rel=1e-6)


def test_attenuation_falls_with_energy_and_rises_with_atomic_number():
    energy = np.arange(25, 120, 5)
    tables = [attenuation_per_mm(name, energy) for name in ("water", "aluminium", "titanium", "iron")]
    assert all((np.diff(table) < 0).all() for table in tables)
    assert all((low < high).all() for low, high in itertools.pairwise(tables))


def test_shares_sum_to_one_and_a_filter_hardens_the_beam():
    soft, hard = (tube_spectrum(kvp=120, filter_mm_aluminium=mm) for mm in (1, 10))
    assert soft.share.sum() == pytest.approx(1)
    assert (hard.energy_kev * hard.share).sum() > (soft.energy_kev * soft.share).sum() + 3


def test_a_spectrum_drawn_together_is_monochromatic_at_its_mean():
    whole = tube_spectrum(kvp=120, filter_mm_aluminium=3)
    mean = (whole.energy_kev * whole.share).sum()
    assert np.allclose(narrowed(whole, 0).energy_kev, mean)
    assert np.allclose(narrowed(whole, 1).energy_kev, whole.energy_kev)


def test_unknown_materials_and_voltages_are_refused():
    with pytest.raises(DegradationError, match="material must be one of"):
        attenuation_per_mm("lead", 60)
    with pytest.raises(DegradationError, match="kvp must lie in"):
        tube_spectrum(kvp=300, filter_mm_aluminium=3)
