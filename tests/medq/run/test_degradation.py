"""`python -m medq +task=degradation` from the command line."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medq.faultserver import serve
from tests.medq.run.conftest import png

Run = Callable[..., subprocess.CompletedProcess[str]]
HEADER = (
    "index",
    "image",
    "question",
    "A",
    "B",
    "C",
    "D",
    "answer",
    "modality",
    "degradation_type",
    "degradation_severity",
)
SOURCES, COPIES = 6, 3
ITEMS = SOURCES * COPIES


@pytest.fixture
def deg_file(tmp_path: Path) -> Path:
    path = tmp_path / "deg.tsv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, delimiter="\t")
        rows.writerow(HEADER)
        for place, (name, severity) in enumerate((("", ""), ("low_dose", "mild"), ("low_dose", "severe"))):
            for n in range(SOURCES):
                index = "_".join(part for part in (f"q{n}", name, severity) if part)
                shade = png(n * COPIES + place)
                rows.writerow((index, shade, f"How many on {n}?", *"1234", "ABCD"[n % 4], "CT", name, severity))
    return path


def _results(folder: Path) -> dict[str, Any]:
    results: dict[str, Any] = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return results


def _samples(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "samples.jsonl").read_text(encoding="utf-8").splitlines()]


def _api(url: str, path: Path) -> tuple[str, ...]:
    model = ("model=openai_compatible", "model.id=tested", f"model.api_base={url}")
    return ("+task=degradation", *model, "data=local", f"data.path={path}")


def test_the_random_model_runs_on_the_votes_of_a_file(medq: Run, deg_file: Path, tmp_path: Path) -> None:
    done = medq("+task=degradation", "model=random", "data=local", f"data.path={deg_file}", "task.runs=5", "run.dir=r")
    assert done.returncode == 0, done.stderr
    results = _results(tmp_path / "r")
    assert set(results["metrics"]) == {"accuracy", "confidence", "calibration_shift"}
    shift, confidence, accuracy = (
        results["metrics"][name]["value"] for name in ("calibration_shift", "confidence", "accuracy")
    )
    assert shift == pytest.approx(confidence - accuracy)
    assert [group["accuracy"]["n"] for group in results["breakdowns"]["severity"].values()] == [SOURCES] * 3
    assert {drop["n"] for drop in results["degradation"]["paired_drops"]} == {SOURCES}
    assert "Dunning-Kruger within the model" in done.stdout
    rows = _samples(tmp_path / "r")
    assert [row["id"] for row in rows[:15:5]] == ["q0", "q0_low_dose_mild", "q0_low_dose_severe"]
    assert len(rows) == ITEMS * 5


def test_raising_the_votes_buys_only_the_new_ones(medq: Run, deg_file: Path, tmp_path: Path) -> None:
    with serve() as server:
        shared = f"journal.path={tmp_path / 'shared.sqlite'}"
        first = medq(*_api(server.url, deg_file), "task.runs=2", shared, "run.dir=two")
        assert first.returncode == 0, first.stderr
        assert server.stats()["calls"] == ITEMS * 2
        second = medq(*_api(server.url, deg_file), "task.runs=3", shared, "run.dir=three")
        assert second.returncode == 0, second.stderr
        assert server.stats()["calls"] == ITEMS * 3
    assert _results(tmp_path / "three")["degradation"]["votes"]["a_question"] == 3


def test_votes_are_at_temperature_1_unless_the_user_says_otherwise(medq: Run, deg_file: Path, tmp_path: Path) -> None:
    with serve() as server:
        medq(*_api(server.url, deg_file), "task.runs=1", "run.limit=1", "run.dir=one")
        medq(*_api(server.url, deg_file), "task.runs=1", "run.limit=1", "run.dir=zero", "model.temperature=0")
    decoding = [
        json.loads((tmp_path / name / "manifest.json").read_text())["model"]["decoding"]["temperature"]
        for name in ("one", "zero")
    ]
    assert decoding == [1.0, 0]


def test_log_probabilities_are_asked_for_and_measured(medq: Run, deg_file: Path, tmp_path: Path) -> None:
    with serve() as server:
        done = medq(*_api(server.url, deg_file), "task.runs=1", "task.confidence=logprob", "run.dir=r")
    assert done.returncode == 0, done.stderr
    metrics = _results(tmp_path / "r")["metrics"]
    assert metrics["confidence"]["value"] == pytest.approx(0.8, abs=1e-3)
    assert metrics["brier"]["n"] == ITEMS
    right = metrics["accuracy"]["value"]
    assert metrics["brier"]["value"] == pytest.approx(right * 0.04 + (1 - right) * 0.64, abs=1e-3)


def test_log_probabilities_of_a_model_without_them_are_refused(medq: Run, deg_file: Path) -> None:
    done = medq("+task=degradation", "model=random", "task.confidence=logprob")
    assert done.returncode == 2
    assert "random gives no log-probabilities" in done.stderr


def test_a_confidence_in_words_is_asked_for_and_read(medq: Run, deg_file: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    names = [f"q{n}{ending}" for n in range(SOURCES) for ending in ("", "_low_dose_mild", "_low_dose_severe")]
    said = ["A\nConfidence: 75%" if n % 2 else "A" for n in range(ITEMS)]
    rows = [json.dumps({"index": index, "prediction": text}) for index, text in zip(names, said, strict=True)]
    answers.write_text("\n".join(rows), encoding="utf-8")
    replay = ("model=replay", f"model.path={answers}", "data=local", f"data.path={deg_file}")
    done = medq("+task=degradation", *replay, "task.runs=1", "task.confidence=verbal", "run.dir=r")
    assert done.returncode == 0, done.stderr
    assert _samples(tmp_path / "r")[0]["prompt"].endswith("Confidence: N%")
    confidence = _results(tmp_path / "r")["metrics"]["confidence"]
    assert (confidence["value"], confidence["n"], confidence["n_unscored"]) == (0.75, ITEMS // 2, ITEMS // 2)
