"""The missing wedge."""

import numpy as np
import pytest

from medq_tasks.degradations import apply
from medq_tasks.degradations.ct import limited_angle as module
from medq_tasks.degradations.ct.filtered_backprojection import filtered_backprojection
from medq_tasks.degradations.ct.projector import half_turn, projector


@pytest.mark.parametrize("arc_deg", [150, 100, 60])
def test_nothing_is_reconstructed_in_the_missing_wedge(disk, arc_deg):
    """With a guard of 6 degrees and a smooth window over the image, as energy relative to the measured wedge."""
    image = np.roll(disk, (20, -13), (0, 1)) * 0.5 + disk * 0.5
    arc = projector(256, half_turn(720)[: 4 * arc_deg])
    result = filtered_backprojection(arc, arc.forward(image))
    smooth = np.outer(np.hanning(256), np.hanning(256))
    power = np.abs(np.fft.fftshift(np.fft.fft2(result * smooth))) ** 2
    ky, kx = np.mgrid[:256, :256] - 128
    angle = np.rad2deg(np.arctan2(ky, kx)) % 180
    ring = (np.hypot(kx, ky) > 15) & (np.hypot(kx, ky) < 110)
    missing = ring & (angle > arc_deg + 6) & (angle < 174)
    seen = ring & (angle > 6) & (angle < arc_deg - 6)
    assert power[missing].mean() < 1e-5 * power[seen].mean()


def test_views_outside_the_arc_are_never_projected(slices, monkeypatch):
    made = []
    monkeypatch.setattr(module, "projector", lambda side, angles: made.append(angles) or projector(side, angles))
    apply("ct.limited_angle", slices["chest"], params={"arc_deg": 90, "mode": "full", "views": 180}, seed=2)
    assert [len(angles) for angles in made] == [90]
    assert np.rad2deg(np.ptp(made[0])) == pytest.approx(89)


def test_the_facts_give_the_measured_arc(slices):
    meta = apply("ct.limited_angle", slices["chest"], params={"arc_deg": 120, "views": 360}, seed=2).meta
    assert meta.facts["measured_views"] == 240
    assert 0 <= meta.facts["start_deg"] < 180
