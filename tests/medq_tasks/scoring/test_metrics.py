"""Declared ranges hold for what the metrics return."""

from medq_tasks.scoring import METRICS, Scored, accuracy, mean_score


def test_accuracy_of_all_right_rows_is_its_best_value() -> None:
    kind = METRICS["accuracy"]
    assert accuracy([Scored("scored", True, "a")]).value == kind.best == kind.high
    assert accuracy([Scored("scored", False, "a")]).value == kind.low


def test_axis_means_reach_the_ends_of_their_range() -> None:
    for name in ("completeness", "preciseness", "consistency", "quality_accuracy", "overall"):
        kind = METRICS[name]
        assert mean_score([Scored("scored", kind.high, "a")], highest=kind.high).value == kind.best
        assert mean_score([Scored("scored", 0.0, "a")], highest=kind.high).value == kind.low
