"""Each spike is one point of k-space."""

import numpy as np
import pytest

from medq_tasks.degradations import apply
from medq_tasks.degradations.mri import spike as module
from medq_tasks.degradations.mri.acquisition import to_kspace
from medq_tasks.errors import DegradationError


def _complex_result(monkeypatch, image, amplitude):
    kept = []
    monkeypatch.setattr(module, "magnitude", lambda values: kept.append(values) or np.abs(values))
    effect = module.spike(image, np.random.default_rng(0), amplitude=amplitude, spikes=3)
    return kept[0], effect.facts["positions"]


def test_only_the_named_points_of_kspace_change(slices, monkeypatch):
    spiked, positions = _complex_result(monkeypatch, slices["abdomen"], 0.1)
    clean, _ = _complex_result(monkeypatch, slices["abdomen"], 0.0)
    change = np.abs(to_kspace(spiked) - to_kspace(clean))
    points = {(row + 96, column + 96) for row, column in positions}
    assert set(map(tuple, np.argwhere(change > 1e-3 * change.max()).tolist())) == points
    assert change.max() == pytest.approx(0.1 * 192, rel=1e-3)


def test_the_stripes_have_the_amplitude_asked_for():
    image = np.zeros((64, 64), np.float32)
    result = apply("mri.spike", image, params={"amplitude": 0.2, "spikes": 1}, seed=1).image
    assert np.allclose(result, 0.2, atol=1e-4)


def test_no_spikes_are_refused(slices):
    with pytest.raises(DegradationError, match=r"spikes must lie in \[1, 50\]"):
        apply("mri.spike", slices["head"], level="L1", params={"spikes": 0}, seed=1)
