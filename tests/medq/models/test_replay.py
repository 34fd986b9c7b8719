"""Answers made elsewhere, in the forms that other frameworks write."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook

from medq.errors import ConfigError
from medq.models.interface import Answer, Failure, Request
from medq.models.replay import Replay, read_predictions
from medq_tasks.item import Item

ANSWERS = {"1": "None", "2": "The answer is B.", "q3": "nan\nwith a line break", "4": ""}


def write(folder: Path, kind: str, column: str, answers: Mapping[str, str]) -> Path:
    path = folder / f"answers.{kind}"
    if kind == "jsonl":
        lines = (json.dumps({"index": index, column: text}) for index, text in answers.items())
        path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    elif kind == "xlsx":
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["index", column])
        for index, text in answers.items():
            sheet.append([int(index) if index.isdigit() else index, text])
        book.save(path)
    else:
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            rows = csv.writer(file, delimiter="\t" if kind == "tsv" else ",")
            rows.writerows([("index", column), *answers.items()])
    return path


def asked(model: Replay, *ids: str, sample: int = 0) -> list[Answer | Failure]:
    requests = [Request(Item(name, "perception", "q", ()), "p", (), sample) for name in ids]
    return list(asyncio.run(model.answer(requests)))


@pytest.mark.parametrize("kind", ["jsonl", "tsv", "csv", "xlsx"])
@pytest.mark.parametrize("column", ["prediction", "response"])
def test_every_format_gives_back_the_text_as_it_stands(tmp_path: Path, kind: str, column: str) -> None:
    assert read_predictions(write(tmp_path, kind, column, ANSWERS)) == ANSWERS


def test_an_item_without_a_row_fails_and_both_sides_are_listed(tmp_path: Path) -> None:
    model = Replay(write(tmp_path, "tsv", "prediction", ANSWERS))
    outcomes = asked(model, "1", "missing")
    assert outcomes[0] == Answer("None")
    assert isinstance(outcomes[1], Failure)
    notes = " / ".join(model.notes())
    assert "1 items have no row in the file: missing" in notes
    assert "3 rows of the file belong to no item asked: 2, q3, 4" in notes


def test_votes_of_one_item_stand_under_their_number(tmp_path: Path) -> None:
    path = tmp_path / "votes.jsonl"
    rows = [{"index": "a", "sample": n, "prediction": text} for n, text in enumerate("AB")]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    model = Replay(path)
    assert asked(model, "a", sample=0) == [Answer("A")]
    assert asked(model, "a", sample=1) == [Answer("B")]


def test_other_answers_are_another_model_to_the_journal(tmp_path: Path) -> None:
    first = Replay(write(tmp_path, "tsv", "prediction", ANSWERS)).identity
    second = Replay(write(tmp_path, "jsonl", "response", {**ANSWERS, "1": "A"})).identity
    assert first != second
    assert first == Replay(write(tmp_path, "xlsx", "prediction", ANSWERS)).identity


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jsonl", '{"index": 1', "row 1: expected a JSON object"),
        ("a.tsv", "index\tanswer\n1\tA\n", "expected a column prediction or response, got index, answer"),
        ("a.tsv", "index\tprediction\n1\tA\n1\tB\n", "'1' stands twice with different answers"),
        ("a.parquet", "", "expected .jsonl, .tsv, .csv or .xlsx, got .parquet"),
        ("a.xlsx", "no workbook", "expected an .xlsx workbook"),
    ],
)
def test_a_bad_file_is_told_in_one_line(tmp_path: Path, name: str, content: str, words: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        read_predictions(tmp_path / name)
    assert words in str(error.value)
    assert "\n" not in str(error.value)
