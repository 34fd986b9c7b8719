"""Results of judged rows: every mean says what it rests on."""

from __future__ import annotations

import pytest

from judges.axes import AXES
from medq.records import Sample, Verdict
from medq.run.results import results_of


def _row(name: str, *scores: float | str, state: str = "scored") -> Sample:
    """A judged row with the four axes in order: a score, or the state that stands in for one."""
    verdicts = [
        Verdict(score=None, state=score) if isinstance(score, str) else Verdict(score=score, state="scored")
        for score in scores
    ]
    return Sample.model_validate(
        {
            "id": name, "task": "reasoning", "question": "?", "prompt": "?", "images": [], "state": state,
            "response": "Noise.", "reference": "Noise.", "judge": dict(zip(AXES, verdicts, strict=False)),
        }
    )  # fmt: skip


ROWS = [_row("whole", 2, 1, 2, 0), _row("unread", 1, "unreadable", 2, 2), _row("failed", 0, 1, "error", 2)]


def test_each_axis_has_its_own_n() -> None:
    found = results_of("reasoning", "m", ROWS).metrics
    counts = {axis: (found[axis].value, found[axis].n, found[axis].n_unscored, found[axis].n_error) for axis in AXES}
    assert counts["completeness"] == (1, 3, 0, 0)
    assert counts["preciseness"] == (1, 2, 1, 0)
    assert counts["consistency"] == (2, 2, 0, 1)


def test_the_bounds_count_what_is_missing_as_worst_and_as_best() -> None:
    found = results_of("reasoning", "m", ROWS).metrics["preciseness"]
    assert (found.lower, found.upper) == (pytest.approx(2 / 3), pytest.approx(4 / 3))


def test_overall_is_over_rows_with_all_four_axes() -> None:
    found = results_of("reasoning", "m", ROWS).metrics["overall"]
    assert (found.value, found.n, found.n_unscored, found.n_error) == (5, 1, 1, 1)
    assert (found.lower, found.upper) == (pytest.approx(5 / 3), pytest.approx(21 / 3))


def test_no_overall_is_worked_out_where_an_axis_was_not_judged() -> None:
    found = results_of("reasoning", "m", [_row("one axis", 2)]).metrics
    assert (found["completeness"].value, found["completeness"].n) == (2, 1)
    assert (found["overall"].value, found["overall"].n, found["overall"].n_error) == (None, 0, 1)


def test_nothing_judged_gives_no_mean_and_not_zero() -> None:
    results = results_of("reasoning", "m", [_row("failed", *["error"] * 4)])
    assert {metric.value for metric in results.metrics.values()} == {None}
    assert results.metrics["overall"].n_error == 1
    assert not results.complete


def test_an_answer_that_could_not_be_had_counts_as_failed_on_every_axis() -> None:
    found = results_of("reasoning", "m", [_row("answer failed", *["not_judged"] * 4, state="error")]).metrics
    assert {(metric.n, metric.n_unscored, metric.n_error) for metric in found.values()} == {(0, 0, 1)}
