"""Two runs over votes: questions are compared, not votes, and those of one clean image together."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.cli import main
from analysis.compare import PairedResult, compare, find_flips
from analysis.compare.pairs import cluster_names, pair_items
from analysis.run import Run, load_run
from medq.records import Sample
from tests.analysis.fake_degradation import families, family, question, write_voted_run


def runs_of(tmp_path: Path, first: list[Sample], second: list[Sample]) -> tuple[Run, Run]:
    return tuple(  # type: ignore[return-value]
        load_run(write_voted_run(tmp_path / name, rows)) for name, rows in (("a", first), ("b", second))
    )


def results(tmp_path: Path, first: list[Sample], second: list[Sample]) -> dict[str, PairedResult]:
    return {one.metric: one for one in compare(*runs_of(tmp_path, first, second)).results}


def test_accuracy_confidence_and_shift_by_hand(tmp_path: Path) -> None:
    first = [*family("q1", ("AAAA", "AABB", "BBBB")), *question("q2", "L0", "AAAA")]
    second = [*family("q1", ("AABB", "AABB", "AAAA")), *question("q2", "L0", "BBBB")]
    found = results(tmp_path, first, second)
    # Accuracy 1, 1/2, 0, 1 against 1/2, 1/2, 1, 0; confidence 1, 1/2, 1, 1 against 1/2, 1/2, 1, 1 (4 options).
    assert (found["accuracy"].pairs, found["accuracy"].clusters) == (4, 2)
    assert (found["accuracy"].better, found["accuracy"].worse) == (1, 2)
    assert found["accuracy"].difference == pytest.approx((-0.5 + 0 + 1 - 1) / 4)
    assert found["confidence"].difference == pytest.approx(-0.5 / 4)
    assert found["calibration_shift"].first == pytest.approx((0 + 0 + 1 + 0) / 4)
    assert found["calibration_shift"].second == pytest.approx((0 + 0 + 0 + 1) / 4)
    assert found["calibration_shift"].difference == pytest.approx(0.0)


def test_ten_times_the_votes_is_no_more_evidence(tmp_path: Path) -> None:
    few = results(tmp_path / "few", families(votes=("AB",) * 3), families(votes=("AA",) * 3))
    many = results(tmp_path / "many", families(votes=("AB" * 10,) * 3), families(votes=("AA" * 10,) * 3))
    for metric in ("accuracy", "calibration_shift"):
        assert many[metric].p_value == pytest.approx(few[metric].p_value)
        assert many[metric].ci95 == pytest.approx(few[metric].ci95)
    assert few["accuracy"].pairs == many["accuracy"].pairs == 72
    assert few["accuracy"].p_value == pytest.approx(2 * 0.5**20, rel=1e-6)  # 20 of 24 clean images change, all one way


def test_the_copies_of_one_clean_image_are_one_cluster_and_so_are_two_questions_about_it(tmp_path: Path) -> None:
    shared = question("q1", "L0", "A")[0].images
    again = [row.model_copy(update={"images": shared}) for row in question("q9", "L0", "AA")]
    rows = [*family("q1", ("AA", "AA", "AA")), *again, *family("q2", ("AA", "AA", "AA"))[2:]]
    names = cluster_names(pair_items(*runs_of(tmp_path, rows, rows)).pairs)
    assert len(set(names[:4])) == 1
    assert len(set(names[4:])) == 1
    assert names[0] != names[4]


def test_a_question_without_a_confidence_leaves_only_confidence_and_shift(tmp_path: Path) -> None:
    first = [*question("q1", "L0", "AAA"), *question("q2", "L0", "AAB")]
    found = results(tmp_path, first, [*question("q1", "L0", "AA!"), *question("q2", "L0", "AAB")])
    assert (found["accuracy"].pairs, found["accuracy"].left_out) == (2, 0)
    assert (found["calibration_shift"].pairs, found["calibration_shift"].left_out) == (1, 1)


def test_a_run_that_did_not_record_its_questions_is_named_and_its_accuracy_compared(tmp_path: Path) -> None:
    rows = families(6)
    old = load_run(write_voted_run(tmp_path / "old", rows, beside={"questions": None}))
    new = load_run(write_voted_run(tmp_path / "new", rows))
    found = compare(old, new)
    assert [one.metric for one in found.results] == ["accuracy"]
    (difference,) = [one for one in found.differences if "analysis rescore" in one.what]
    assert (difference.a, difference.b) == ("missing", "there")


def test_flips_count_the_votes(tmp_path: Path) -> None:
    runs = runs_of(tmp_path, question("q1", "L0", "ABA"), question("q1", "L0", "BBC"))
    (flip,) = find_flips(pair_items(*runs).pairs)
    assert (flip.first, flip.second) == ("2 A, 1 B", "2 B, 1 C")


def test_the_command_prints_the_difference_of_the_shift(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs = runs_of(tmp_path, families(), families(votes=("AAAA", "AAAA", "BBBB")))
    assert main(["compare", str(runs[0].path), str(runs[1].path)]) == 0
    shown = capsys.readouterr().out
    assert "Calibration shift" in shown
    assert "B higher" in shown
