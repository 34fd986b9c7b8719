"""Signal void, distortion, and nothing beyond their reach."""

import numpy as np
import pytest

from medq_tasks.degradations import apply
from medq_tasks.degradations.mri.susceptibility import _moved, dipole_shift


def test_pixels_outside_the_mask_are_bit_identical(slices):
    for name, image in slices.items():
        result = apply("mri.susceptibility", image, level="L2", seed=2)
        assert np.array_equal(result.image[~result.mask], image[~result.mask]), name
        assert result.mask.any() and not result.mask.all()


def test_the_affected_area_grows_with_severity_at_one_place(slices):
    results = [apply("mri.susceptibility", slices["abdomen"], severity=s, seed=2) for s in (0.1, 0.3, 0.5, 0.7, 0.9)]
    areas = [r.meta.affected_area for r in results]
    assert (np.diff(areas) > 0).all()
    assert len({(r.meta.facts["row"], r.meta.facts["column"]) for r in results}) == 1


def test_the_middle_is_void(slices):
    result = apply("mri.susceptibility", slices["abdomen"], level="L2", seed=2)
    row, column = round(result.meta.facts["row"]), round(result.meta.facts["column"])
    assert result.image[row, column] < 0.05 < slices["abdomen"][row, column]


def test_moving_signal_keeps_its_sum():
    rng = np.random.default_rng(0)
    signal = np.zeros((5, 200))
    signal[:, 60:140] = rng.random((5, 80))
    shift = 9 * np.exp(-(((np.arange(200) - 100) / 12) ** 2)) * np.ones((5, 1))
    assert _moved(signal, shift).sum(1) == pytest.approx(signal.sum(1), rel=0.02)


def test_signal_piles_up_where_the_field_compresses_it():
    shift = np.where(np.abs(np.arange(100) - 50) < 15, -0.5 * (np.arange(100) - 50.0), 0) * np.ones((1, 100))
    moved = _moved(np.ones((1, 100)), shift)
    assert moved[0, 47:53].mean() == pytest.approx(2, rel=0.05)


def test_the_field_is_a_dipole():
    field = dipole_shift((201, 201), 100, 100, 8)
    assert field[100, 109] > 0 > field[109, 100]
    assert field[100, 108] == pytest.approx(1, abs=0.01)
    assert abs(field[100 + 12, 100 + 12]) < 1e-9  # 45 degrees
    assert field[100, 100] == 0 and np.abs(field[:, :50]).max() == 0
