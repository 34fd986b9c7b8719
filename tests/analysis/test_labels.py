"""Everything that results are broken down by, and every metric, has a name a person reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.labels import AXES, METRICS, RANGES, axis_label, metric_label, show, value_label
from analysis.run import load_run
from tests.analysis.fake_degradation import families, write_voted_run


def test_every_axis_and_metric_of_a_medq_deg_run_has_a_label_and_a_range(tmp_path: Path) -> None:
    results = load_run(write_voted_run(tmp_path, families())).results
    assert set(results.breakdowns) <= set(AXES)
    assert set(results.metrics) <= set(METRICS)
    assert set(METRICS) == set(RANGES)


@pytest.mark.parametrize(
    ("found", "label"),
    [
        (axis_label("degradation_category"), "Degradation category"),
        (axis_label("capability_task"), "Capability task"),
        (axis_label("ability"), "Ability"),
        (metric_label("expected_calibration_error"), "Expected calibration error (ECE)"),
        (metric_label("degradation.brier"), "Degradation: brier score"),
        (show("brier", 0.12345), "0.123"),
        (value_label("resolution_blur"), "resolution and blur"),
    ],
)
def test_what_calibration_adds_is_named(found: str, label: str) -> None:
    assert found == label
