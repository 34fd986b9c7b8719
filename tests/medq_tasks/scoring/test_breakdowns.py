"""Metrics by axis."""

from medq_tasks.scoring import Scored, breakdowns, mean_score


def row(correct: bool, **axes: str | None) -> Scored:
    return Scored("scored", correct, "image", axes)


def test_values_stand_in_the_benchmarks_order() -> None:
    rows = [row(True, question_type=value) for value in ("how", "what", "yes_or_no")]
    assert list(breakdowns(rows)["question_type"]) == ["yes_or_no", "what", "how"]


def test_unknown_values_follow_by_name() -> None:
    rows = [row(True, modality=value) for value in ("zeta", "pet", "ct")]
    assert list(breakdowns(rows)["modality"]) == ["ct", "pet", "zeta"]


def test_rows_without_a_value_are_in_no_group() -> None:
    found = breakdowns([row(True, modality="ct"), row(False, modality=None), row(False)])
    assert found == {"modality": {"ct": found["modality"]["ct"]}}
    assert found["modality"]["ct"].n == 1


def test_groups_add_up_to_the_whole() -> None:
    rows = [row(place % 2 == 0, degradation_level=("none", "mild", "severe")[place % 3]) for place in range(12)]
    by_level = breakdowns(rows)["degradation_level"]
    assert sum(mean.n for mean in by_level.values()) == 12
    assert sum((mean.value or 0) * mean.n for mean in by_level.values()) == 6


def test_any_metric_can_be_broken_down() -> None:
    rows = [Scored("scored", 2.0, "a", {"source": "authentic"}), Scored("scored", 1.0, "b", {"source": "authentic"})]
    assert breakdowns(rows, ["source"], metric=mean_score)["source"]["authentic"].value == 1.5
