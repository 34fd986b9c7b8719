"""A MedQ-Deg run that never was: questions written as strings of votes, with the results that `medq` works out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from medq.records import Sample
from medq.run.results import results_of
from tests.analysis.fake_run import MANIFEST, image_record

OPTIONS = {"A": "1", "B": "2", "C": "3", "D": "4"}
KINDS = (("ct", "low_dose"), ("ct", "gaussian_blur"), ("mri", "ghosting_artifact"))


def question(source: str, severity: str, votes: str, *, degradation: str = "low_dose", **more: Any) -> list[Sample]:
    """A row a vote: a letter, `?` unreadable, `!` failed. The right answer is A of four."""
    rows = []
    clean = severity == "L0"
    name = source if clean else f"{source}_{degradation}_{severity}"
    for number, sign in enumerate(votes):
        state = {"?": "unscored", "!": "error"}.get(sign, "scored")
        letter = sign if state == "scored" else None
        fields: dict[str, Any] = {
            "id": name, "task": "degradation", "split": "test", "question": "Which?", "prompt": "Which?",
            "options": OPTIONS, "images": [image_record(name.encode())], "answer": "A", "sample": number,
            "state": state, "prediction": letter, "correct": None if letter is None else letter == "A",
            "response": letter, "severity": severity, "degradation": None if clean else degradation,
            "source_item": source, "modality": "ct", "capability": "Counting", "rule": "whole",
        }  # fmt: skip
        rows.append(Sample.model_validate(fields | more))
    return rows


def family(source: str, votes: Sequence[str], *, modality: str = "ct", degradation: str = "low_dose") -> list[Sample]:
    """A clean question and its copies at L1 and L2."""
    return [
        row
        for number, one in enumerate(votes)
        for row in question(source, f"L{number}", one, degradation=degradation, modality=modality)
    ]


def families(number: int = 24, *, votes: Sequence[str] = ("AAAA", "AAAB", "ABCB")) -> list[Sample]:
    """Several families over two modalities and three degradations; every fifth is wrong throughout."""
    rows = []
    for place in range(number):
        modality, degradation = KINDS[place % len(KINDS)]
        said = ("BBBB", "BBBC", "CCCC") if place % 5 == 4 else votes
        rows += family(f"q{place}", said, modality=modality, degradation=degradation)
    return rows


def write_voted_run(
    folder: Path, rows: Sequence[Sample], *, model: str = "voter", beside: Mapping[str, Any] | None = None
) -> Path:
    """The run's folder; `beside` replaces parts of the section `degradation`."""
    folder.mkdir(parents=True, exist_ok=True)
    results = json.loads(results_of("degradation", model, rows).model_dump_json())
    results["degradation"] |= beside or {}
    (folder / "results.json").write_text(json.dumps(results), encoding="utf-8")
    lines = "".join(row.model_dump_json() + "\n" for row in rows)
    (folder / "samples.jsonl").write_text(lines, encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (folder / "config.yaml").write_text("task: {name: degradation}\n", encoding="utf-8")
    return folder
