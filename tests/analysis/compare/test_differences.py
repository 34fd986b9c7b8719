"""Nothing that moves scores stays hidden between two runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.compare import Difference, compare
from analysis.run import load_run
from medq.records import Sample, Verdict
from tests.analysis.fake_run import MANIFEST, image_record, reasoned, sample, write_run

ROWS = [sample(number) for number in range(12)]


def differences(
    tmp_path: Path, rows: list[Sample], *, against: list[Sample] = ROWS, **changed: Any
) -> tuple[Difference, ...]:
    first = write_run(tmp_path / "first", against)
    second = write_run(tmp_path / "second", rows, **changed)
    return compare(load_run(first), load_run(second)).differences


def test_two_runs_of_the_same_kind_differ_in_nothing(tmp_path: Path) -> None:
    later = {"started": "2027-01-01", "times": {"wall_s": 99}, "cost_usd": 7.0, "command": "elsewhere"}
    config = "task: {name: perception}\nmodel: {id: openai/test-model}\nrun: {dir: elsewhere, seed: 0}\n"
    assert differences(tmp_path, ROWS, manifest=later, config=config) == ()


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("prompt", {"prompt": "Another prompt"}),
        ("data", {"answer": "A"}),
        ("data", {"question": "Another question?"}),
        ("data", {"options": {"A": "x", "B": "y"}}),
        ("images", {"images": [image_record(b"image 1", sent_sha256="ab" * 32, sent_format="JPEG", lossless=False)]}),
        ("images", {"images": [image_record(b"another file")]}),
    ],
)
def test_a_change_that_only_the_rows_show_is_found(kind: str, changed: dict[str, Any], tmp_path: Path) -> None:
    rows = [*ROWS[:3], sample(3, **changed), *ROWS[4:]]
    found = [one for one in differences(tmp_path, rows) if one.kind == kind]
    assert found and "1 of 12, the first q0003" in found[0].what
    assert found[0].a != found[0].b


def test_equal_responses_read_otherwise_point_to_the_parser(tmp_path: Path) -> None:
    rows = [*ROWS[:3], sample(3, state="unscored", prediction=None, correct=None, rule="ambiguous"), *ROWS[4:]]
    (found,) = differences(tmp_path, rows)
    assert found.kind == "parser"
    assert "equal responses read otherwise: 1 of 12, the first q0003" in found.what


def test_equal_responses_judged_otherwise_point_to_the_judge(tmp_path: Path) -> None:
    before = [reasoned(0, judge={"completeness": Verdict(score=2.0, state="scored")})]
    after = [reasoned(0, judge={"completeness": Verdict(score=None, state="refusal")})]
    assert [one.kind for one in differences(tmp_path, after, against=before)] == ["judge"]


def test_another_number_of_votes_is_found_and_is_no_other_prompt(tmp_path: Path) -> None:
    voted = [row.model_copy(update={"sample": vote}) for row in ROWS for vote in range(3)]
    (found,) = differences(tmp_path, voted)
    assert (found.kind, found.a, found.b) == ("decoding", "1", "3")


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("decoding", {"decoding": {"temperature": 1.0, "max_tokens": 64}}),
        ("model", {"model": MANIFEST["model"] | {"revision": "2026-06-01"}}),
        ("model", {"returned_models": {"test-model-2027": 12}}),
        ("prompt", {"prompts": {"perception": "ff" * 32}}),
        ("data", {"dataset": MANIFEST["dataset"] | {"sha256": "ee" * 32}}),
        ("parser", {"parser_version": "2"}),
        ("judge", {"judge": {"id": "gpt-4o-2024-11-20"}}),
        ("code", {"git_commit": "fedcba"}),
        ("machine", {"hardware": {"gpus": ["H200"]}}),
        ("other", {"notes": ["the provider dropped temperature"]}),
        ("other", {"something_new": 3}),
    ],
)
def test_a_recorded_change_is_found_and_named(kind: str, changed: dict[str, Any], tmp_path: Path) -> None:
    found = differences(tmp_path, ROWS, manifest=changed)
    assert [one.kind for one in found] == [kind]


def test_another_data_file_is_found_and_another_place_of_the_same_file_is_not(tmp_path: Path) -> None:
    def data(path: str, sha256: str) -> dict[str, Any]:
        return {"dataset": {"name": "sample", "files": [{"path": path, "sha256": sha256}]}}

    first = write_run(tmp_path / "a", ROWS, manifest=data("/one/qa.tsv", "a" * 64))
    moved = write_run(tmp_path / "b", ROWS, manifest=data("/two/qa.tsv", "a" * 64))
    changed = write_run(tmp_path / "c", ROWS, manifest=data("/one/qa.tsv", "a" * 63 + "b"))
    assert compare(load_run(first), load_run(moved)).differences == ()
    (found,) = compare(load_run(first), load_run(changed)).differences
    assert (found.kind, found.what) == ("data", "dataset.files.0.sha256")


def test_long_values_are_shown_where_they_part(tmp_path: Path) -> None:
    first = write_run(tmp_path / "a", ROWS, manifest={"note": "x" * 200 + "one"})
    second = write_run(tmp_path / "b", ROWS, manifest={"note": "x" * 200 + "two"})
    (found,) = compare(load_run(first), load_run(second)).differences
    assert found.a.endswith("one") and found.b.endswith("two")


def test_a_change_in_the_configuration_is_found(tmp_path: Path) -> None:
    found = differences(tmp_path, ROWS, config="task: {name: perception}\nmodel: {id: openai/other}\nrun: {seed: 1}\n")
    assert {(one.kind, one.what) for one in found} == {("model", "model.id"), ("decoding", "run.seed")}


def test_another_model_is_found_even_where_nothing_records_it(tmp_path: Path) -> None:
    assert [one.kind for one in differences(tmp_path, ROWS, model="another")] == ["model"]


def test_an_unfinished_run_is_called_so(tmp_path: Path) -> None:
    (found,) = differences(tmp_path, ROWS, complete=False)
    assert (found.what, found.a, found.b) == ("complete", "True", "False")


def test_how_often_a_provider_answered_is_no_difference(tmp_path: Path) -> None:
    first = write_run(tmp_path / "a", ROWS, manifest={"returned_models": {"m": 11}})
    second = write_run(tmp_path / "b", ROWS, manifest={"returned_models": {"m": 12}})
    assert compare(load_run(first), load_run(second)).differences == ()


def test_retries_are_no_difference_and_another_judge_behind_the_same_name_is(tmp_path: Path) -> None:
    def calls(attempts: int, model: str) -> dict[str, Any]:
        return {"calls": {"attempts": attempts}, "judge": {"calls": [{"attempts": 5, "returned_models": {model: 5}}]}}

    first = write_run(tmp_path / "a", ROWS, manifest=calls(12, "judge-2026"))
    retried = write_run(tmp_path / "b", ROWS, manifest=calls(15, "judge-2026"))
    moved = write_run(tmp_path / "c", ROWS, manifest=calls(12, "judge-2027"))
    assert compare(load_run(first), load_run(retried)).differences == ()
    (found,) = compare(load_run(first), load_run(moved)).differences
    assert found.kind == "judge"


def test_a_missing_manifest_is_said_and_not_taken_for_agreement(tmp_path: Path) -> None:
    first, second = (write_run(tmp_path / name, ROWS) for name in "ab")
    (second / "manifest.json").unlink()
    (found,) = compare(load_run(first), load_run(second)).differences
    assert found.kind == "unknown" and (found.a, found.b) == ("there", "missing")


def test_items_that_one_run_lacks_are_counted(tmp_path: Path) -> None:
    found = differences(tmp_path, ROWS[:9])
    assert (found[0].kind, found[0].a, found[0].b) == ("data", "3", "0")
