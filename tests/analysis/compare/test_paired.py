"""Paired differences count what they say, by the policy of the metrics."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from statsmodels.stats.contingency_tables import mcnemar

from analysis.cli import main
from analysis.compare import PairedResult, compare, find_flips, paired_results
from analysis.compare.pairs import cluster_names, pair_items
from analysis.errors import AnalysisError
from analysis.run import load_run
from medq.records import Sample, Verdict
from tests.analysis.fake_run import failed, reasoned, sample, unscored, write_run


def paired(tmp_path: Path, first: list[Sample], second: list[Sample]) -> tuple[Path, Path]:
    return write_run(tmp_path / "a", first), write_run(tmp_path / "b", second)


def results(tmp_path: Path, first: list[Sample], second: list[Sample]) -> tuple[PairedResult, ...]:
    runs = [load_run(path) for path in paired(tmp_path, first, second)]
    return paired_results(pair_items(*runs).pairs)


def test_the_difference_and_its_test_agree_with_the_counts(tmp_path: Path) -> None:
    numbers = range(0, 400, 2)  # one of the two questions about each image, so that each is its own cluster
    first = [sample(number, seed=1, skill=0.5) for number in numbers]
    second = [sample(number, seed=2, skill=0.7) for number in numbers]
    (found,) = results(tmp_path, first, second)
    table = [[0, 0], [0, 0]]
    for one, other in zip(first, second, strict=True):
        table[not one.correct][not other.correct] += 1
    assert (found.worse, found.better) == (table[0][1], table[1][0])
    assert found.difference == pytest.approx((found.better - found.worse) / 200)
    assert found.p_value == pytest.approx(mcnemar(table, exact=True).pvalue)
    assert found.ci95[0] < found.difference < found.ci95[1]
    assert found.clusters == found.pairs == 200


def test_questions_about_one_image_change_together_and_count_less(tmp_path: Path) -> None:
    right, wrong = (
        [sample(number, skill=1.0) for number in range(6)],
        [sample(number, skill=0.0) for number in range(6)],
    )
    (found,) = results(tmp_path, wrong, right)
    assert (found.pairs, found.better, found.clusters) == (6, 6, 3)
    assert found.p_value == pytest.approx(2 * 0.5**3)  # McNemar's over six would say 2 / 2^6


def test_an_unreadable_answer_is_wrong_and_a_failed_row_is_left_out(tmp_path: Path) -> None:
    first = [sample(number, skill=1.0) for number in range(10)]
    second = [unscored(0), failed(1), *first[2:]]
    (found,) = results(tmp_path, first, second)
    assert (found.pairs, found.worse, found.better, found.left_out) == (9, 1, 0, 1)


def test_a_verdict_without_a_score_leaves_only_its_own_axis_out(tmp_path: Path) -> None:
    first = [reasoned(number) for number in range(8)]
    broken = dict(first[0].judge or {}) | {"consistency": Verdict(score=None, state="refusal")}
    second = [reasoned(0, judge=broken), *first[1:]]
    found = {result.metric: result for result in results(tmp_path, first, second)}
    assert {metric: result.pairs for metric, result in found.items()} == {
        "completeness": 8, "preciseness": 8, "consistency": 7, "quality_accuracy": 8, "overall": 7,
    }  # fmt: skip


def test_votes_are_averaged_and_an_item_counts_once(tmp_path: Path) -> None:
    first = [sample(0, sample=vote, correct=vote < 1) for vote in range(3)] + [sample(2)]
    second = [sample(0, sample=vote, correct=vote < 2) for vote in range(3)] + [sample(2)]
    (found,) = results(tmp_path, first, second)
    assert (found.pairs, found.better, found.worse) == (2, 1, 0)
    assert found.difference == pytest.approx((2 / 3 - 1 / 3) / 2)


def test_degraded_copies_go_together_with_their_clean_item(tmp_path: Path) -> None:
    rows = [sample(0), sample(2, source_item="q0000"), sample(4, source_item="q0000"), sample(6)]
    runs = [load_run(path) for path in paired(tmp_path, rows, rows)]
    names = cluster_names(pair_items(*runs).pairs)
    assert names[0] == names[1] == names[2] != names[3]


def test_flips_say_whether_the_answer_or_its_reading_changed(tmp_path: Path) -> None:
    first = [sample(number, skill=1.0) for number in range(6)]
    reread = first[1].model_copy(update={"prediction": None, "correct": None, "state": "unscored", "rule": "ambiguous"})
    second = [sample(0, skill=0.0), reread, failed(2), *first[3:]]
    runs = [load_run(path) for path in paired(tmp_path, first, second)]
    flips = {flip.id: flip for flip in find_flips(pair_items(*runs).pairs)}
    assert {key: flip.cause for key, flip in flips.items()} == {
        "q0000": "other response",
        "q0001": "same response, other reading",
        "q0002": "no value in one run",
    }
    assert flips["q0001"].second == "unscored: ambiguous"


def test_runs_without_a_shared_item_are_refused(tmp_path: Path) -> None:
    runs = [load_run(path) for path in paired(tmp_path, [sample(0)], [sample(1)])]
    with pytest.raises(AnalysisError, match="share no item"):
        compare(*runs)


def test_the_command_says_what_differs_before_any_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = write_run(tmp_path / "a", [sample(number) for number in range(9)])
    second = write_run(
        tmp_path / "b", [sample(number, seed=1) for number in range(9)], manifest={"parser_version": "2"}
    )
    assert main(["compare", str(first), str(second)]) == 0
    printed = capsys.readouterr().out
    assert -1 < printed.index("parser_version") < printed.index("Accuracy") < printed.index("Flipped items")


def test_the_comparison_as_json_can_be_read_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (write_run(tmp_path / name, [sample(0)]) for name in "ab")
    assert main(["compare", str(first), str(second), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["differences"] == []
    assert found["results"][0]["ci95"] == [None, None]  # one image: no interval


def test_the_html_of_a_comparison_names_the_differences(tmp_path: Path) -> None:
    first = write_run(tmp_path / "a", [sample(number) for number in range(9)])
    second = write_run(
        tmp_path / "b", [sample(number, seed=1) for number in range(9)], manifest={"parser_version": "2"}
    )
    assert main(["compare", str(first), str(second), "--html", str(tmp_path / "both.html")]) == 0
    text = (tmp_path / "both.html").read_text(encoding="utf-8")
    assert "What differs between the runs" in text and "parser_version" in text


def test_rescoring_is_handed_to_the_application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []

    class Done:
        returncode = 3

    monkeypatch.setattr("analysis.cli.subprocess.run", lambda command, check: (called.append(command), Done())[1])
    assert main(["rescore", str(tmp_path)]) == 3
    assert called[0][1:] == ["-m", "medq", "mode=score", f"run.dir={tmp_path}"]
