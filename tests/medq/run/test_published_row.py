"""The published composition, with as many right answers a question type as published, gives the published row."""

from __future__ import annotations

import base64
import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from medq.records import ImageRecord, Sample
from medq.run.results import results_of

ROOT = Path(__file__).parents[3]
COMPOSITION = {"yes_or_no": 558, "what": 258, "how": 489}
COLUMNS = {"yes_or_no": "yes_or_no_pct", "what": "what_pct", "how": "how_pct"}
# Scored on fewer samples than the others: their percentages are no k/n of this composition.
OTHER_N = {"gpt-4o", "gemini-2.5-pro"}


def published() -> list[dict[str, str]]:
    with (ROOT / "analysis" / "published" / "table1_perception_noref_test.csv").open(encoding="utf-8") as file:
        lines = (line for line in file if not line.startswith("#"))
        return [row for row in csv.DictReader(lines) if row["category"] != "reference" and row["model"] not in OTHER_N]


def right_answers(row: dict[str, str]) -> dict[str, int]:
    return {kind: round(float(row[COLUMNS[kind]]) * n / 100) for kind, n in COMPOSITION.items()}


def percentages(results: dict[str, object]) -> dict[str, str]:
    metrics, groups = results["metrics"], results["breakdowns"]
    shown = {kind: groups["question_type"][kind]["accuracy"]["value"] for kind in COMPOSITION}  # type: ignore[index]
    shown["overall"] = metrics["accuracy"]["value"]  # type: ignore[index]
    return {name: f"{100 * value:.2f}" for name, value in shown.items()}


def expected(row: dict[str, str]) -> dict[str, str]:
    return {**{kind: row[column] for kind, column in COLUMNS.items()}, "overall": row["perception_overall_pct"]}


@pytest.mark.parametrize("row", published(), ids=lambda row: row["model"])
def test_every_published_row_of_table_1_comes_out_of_its_counts(row: dict[str, str]) -> None:
    image = ImageRecord(
        sha256="a", format="png", width=1, height=1, bit_depth=8, sent_sha256="a", sent_format="png", lossless=True
    )
    rows = [
        Sample(
            id=f"{kind}{n}", task="perception", question_type=kind, question="q", options={"A": "a", "B": "b"},
            prompt="p", images=[image], answer="A", state="scored", correct=n < right,
        )
        for kind, right in right_answers(row).items()
        for n in range(COMPOSITION[kind])
    ]  # fmt: skip
    results = results_of("perception", row["model"], rows).model_dump(mode="json")
    assert percentages(results) == expected(row)


def test_replayed_answers_give_the_published_row_through_the_command(
    tmp_path: Path, medq: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    row = next(row for row in published() if row["model"] == "gpt-5")
    buffer = io.BytesIO()
    Image.new("L", (16, 16), 99).save(buffer, "PNG")
    shared = base64.b64encode(buffer.getvalue()).decode()
    options = {"yes_or_no": ("Yes", "No", ""), "what": ("Noise", "Motion", "Metal"), "how": ("Mild", "Severe", "None")}
    with (
        (tmp_path / "medqbench_QA_test.tsv").open("w", newline="", encoding="utf-8") as items,
        (tmp_path / "answers.jsonl").open("w", encoding="utf-8") as answers,
    ):
        rows = csv.writer(items, delimiter="\t")
        rows.writerow(("index", "image", "question", "A", "B", "C", "answer", "question_type"))
        number = 0
        for kind, right in right_answers(row).items():
            for n in range(COMPOSITION[kind]):
                image = shared if number == 0 else "0"
                rows.writerow((number, image, f"Question {number}?", *options[kind], "A", kind))
                said = "The answer is A." if n < right else "B"
                answers.write(json.dumps({"index": number, "prediction": said}) + "\n")
                number += 1
    run_dir = tmp_path / "run"
    done = medq(
        "+task=perception", "data=local", f"data.path={tmp_path / 'medqbench_QA_test.tsv'}",
        "model=replay", f"model.path={tmp_path / 'answers.jsonl'}", f"run.dir={run_dir}",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert percentages(json.loads((run_dir / "results.json").read_text())) == expected(row)
    assert f"{row['perception_overall_pct']} %" in done.stdout
    assert "images sent bit-identical: 1305/1305" in done.stdout
