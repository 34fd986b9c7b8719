"""The plot of an interval keeps to its scale."""

from __future__ import annotations

from analysis.report.interval import PAD, WIDTH, interval_svg
from medq.records import Metric


def test_the_plot_puts_the_ends_of_the_range_at_its_ends() -> None:
    svg = interval_svg(Metric(value=2.0, n=1, n_unscored=0, n_error=0, ci95=(0.0, 2.0)), low=0.0, high=2.0)
    assert f'cx="{WIDTH - PAD:.1f}"' in svg
    assert f'x1="{PAD:.1f}"' in svg


def test_a_metric_without_a_value_draws_no_dot() -> None:
    assert "circle" not in interval_svg(Metric(value=None, n=0, n_unscored=3, n_error=0), low=0.0, high=1.0)
