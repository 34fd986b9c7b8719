"""The rows and files of a finished run: what `medq` writes and what `analysis` reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SAMPLES = "samples.jsonl"
RESULTS = "results.json"
MANIFEST = "manifest.json"
CONFIG = "config.yaml"
REPORT = "report.html"
JOURNAL = "journal.sqlite"
SERVING_LOG = "serving.log"

State = Literal["scored", "unscored", "error"]


class Record(BaseModel):
    """A frozen record; unknown fields of newer versions are kept, so that older code can still read them."""

    model_config = ConfigDict(extra="allow", frozen=True)


class ImageRecord(Record):
    """The ledger of one image: the file as found, and exactly what was sent."""

    sha256: str
    format: str
    width: int
    height: int
    bit_depth: int
    sent_sha256: str
    sent_format: str
    lossless: bool
    window: dict[str, Any] | None = None


class Verdict(Record):
    """A judge's score on one axis: 0, 1 or 2, or None with the state that says why."""

    score: float | None
    state: str
    raw: str | None = None
    rounds: list[Any] = Field(default_factory=list)


class Sample(Record):
    """A row of `samples.jsonl`: one item (a vote of it where `task.runs` > 1) with what was asked, said and scored."""

    id: str
    task: str
    split: str | None = None
    modality: str | None = None
    question_type: str | None = None
    degradation_level: str | None = None
    concern: str | None = None
    source: str | None = None
    difficulty: str | None = None
    degradation: str | None = None
    severity: str | None = None
    capability: str | None = None
    source_item: str | None = None
    question: str
    options: dict[str, str] = Field(default_factory=dict)
    prompt: str
    images: list[ImageRecord]
    answer: str | None = None
    reference: str | None = None
    sample: int = 0
    response: str | None = None
    state: State
    prediction: str | None = None
    correct: bool | None = None
    rule: str | None = None
    finish_reason: str | None = None
    latency_s: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_usd: float | None = None
    attempts: int = 0
    error: str | None = None
    judge: dict[str, Verdict] | None = None


class Metric(Record):
    """A mean with what it rests on: n in the denominator, rows the instrument could not read, rows that failed.

    `lower` and `upper` are the value with all unscored and failed rows counted as wrong and as right; `chance` is the
    accuracy of guessing among the options of the same rows.
    """

    value: float | None
    n: int
    n_unscored: int
    n_error: int
    ci95: tuple[float, float] | None = None
    lower: float | None = None
    upper: float | None = None
    chance: float | None = None


class Integrity(Record):
    """How many images were sent, and how many of them as the very bytes of their file."""

    images: int
    bit_identical: int


class Results(Record):
    """`results.json`: metrics and breakdowns, the same bytes for the same answers."""

    task: str
    model: str
    metrics: dict[str, Metric]
    breakdowns: dict[str, dict[str, dict[str, Metric]]]
    integrity: Integrity
    complete: bool


def read_samples(run_dir: Path) -> Iterator[Sample]:
    """The rows of a run in the order of its items. Raises FileNotFoundError where there is no such run."""
    with (run_dir / SAMPLES).open(encoding="utf-8") as lines:
        for line in lines:
            yield Sample.model_validate_json(line)


def read_results(run_dir: Path) -> Results:
    """The metrics of a run."""
    return Results.model_validate_json((run_dir / RESULTS).read_text(encoding="utf-8"))


def read_manifest(run_dir: Path) -> dict[str, Any]:
    """The manifest of a run: versions, hardware, data, prompts, times, tokens, cost."""
    manifest: dict[str, Any] = json.loads((run_dir / MANIFEST).read_text(encoding="utf-8"))
    return manifest
