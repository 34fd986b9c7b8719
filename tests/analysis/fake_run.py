"""Writes the folder of a run that never was, through the models of `medq.records`."""

from __future__ import annotations

import hashlib
import io
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from medq.records import ImageRecord, Integrity, Metric, Results, Sample, Verdict

MODALITIES = ("ct", "mri", "histopathology", "endoscopy", "fundus")
TYPES = ("yes_or_no", "what", "how")
LEVELS = ("none", "mild", "severe")
AXES = ("completeness", "preciseness", "consistency", "quality_accuracy")
OPTIONS = {
    "yes_or_no": {"A": "Yes", "B": "No"},
    "what": {"A": "Streaks", "B": "Ghosting", "C": "Noise", "D": "Blur"},
    "how": {"A": "Absent", "B": "Mild", "C": "Severe"},
}
INSTRUCTION = "Please carefully observe this medical image and answer the following question:"


def png(number: int, *, side: int = 48, noise: float = 4.0) -> bytes:
    """A grey PNG that differs for every number: rings with noise."""
    import numpy as np
    from PIL import Image

    rng = np.random.default_rng(number)
    y, x = np.mgrid[:side, :side] / side
    rings = 110 + 90 * np.sin(np.hypot(x - 0.5, y - 0.4) * (20 + number % 13))
    pixels = (rings + rng.normal(0, noise, (side, side))).clip(0, 255).astype("uint8")
    encoded = io.BytesIO()
    Image.fromarray(pixels).convert("RGB").save(encoded, "PNG")
    return encoded.getvalue()


def image_record(data: bytes, *, side: int = 48, **changed: Any) -> ImageRecord:
    """The ledger of an image that was sent as its file's own bytes."""
    sha = hashlib.sha256(data).hexdigest()
    fields: dict[str, Any] = {
        "sha256": sha, "format": "png", "width": side, "height": side, "bit_depth": 8,
        "sent_sha256": sha, "sent_format": "png", "lossless": True,
    }  # fmt: skip
    return ImageRecord(**(fields | changed))


def sample(number: int, *, skill: float = 0.7, seed: int = 0, **changed: Any) -> Sample:
    """A perception row; which option is chosen depends on `number`, `skill` and `seed` alone."""
    rng = random.Random(f"{number} {seed}")
    kind = TYPES[number % 3]
    options = OPTIONS[kind]
    gold = sorted(options)[number % len(options)]
    said = gold if rng.random() < skill else rng.choice([letter for letter in options if letter != gold])
    data = f"image {number // 2}".encode()
    lines = [INSTRUCTION, "", f"Question {number}: is the image degraded?"]
    lines += [f"{letter}. {text}" for letter, text in options.items()]
    fields: dict[str, Any] = {
        "id": f"q{number:04d}", "task": "perception", "split": "test", "modality": MODALITIES[number % 5],
        "question_type": kind, "degradation_level": LEVELS[number % 3],
        "concern": ("general", "modality_specific")[number % 2], "source": "simulated",
        "question": lines[2], "options": options, "prompt": "\n".join(lines), "images": [image_record(data)],
        "answer": gold, "response": f"The answer is {said}.", "state": "scored", "prediction": said,
        "correct": said == gold, "rule": "declared", "finish_reason": "stop", "latency_s": 0.8, "tokens_in": 900,
        "tokens_out": 6, "cost_usd": 0.001, "attempts": 1,
    }  # fmt: skip
    return Sample(**(fields | changed))


def unscored(number: int, *, rule: str = "refusal", **changed: Any) -> Sample:
    """A row whose answer could not be read."""
    text = "I am sorry, I cannot help with medical images."
    fields = {"state": "unscored", "response": text, "prediction": None, "correct": None, "rule": rule}
    return sample(number, **(fields | changed))


def failed(number: int, **changed: Any) -> Sample:
    """A row for which the machinery failed."""
    fields = {"state": "error", "response": None, "prediction": None, "correct": None, "rule": None}
    return sample(number, **(fields | {"error": "server: 503 after 5 attempts"} | changed))


def reasoned(number: int, *, seed: int = 0, task: str = "reasoning", **changed: Any) -> Sample:
    """A judged row."""
    rng = random.Random(f"judged {number} {seed}")
    verdicts = {axis: Verdict(score=float(rng.choice((0, 1, 2))), state="scored", raw="Score: 1") for axis in AXES}
    fields: dict[str, Any] = {
        "task": task, "options": {}, "answer": None, "question_type": None, "prediction": None, "correct": None,
        "rule": None, "response": "Streaks cross the liver. Overall, the quality of this image is usable.",
        "reference": "Severe streaks. Overall, the quality of this image is reject.", "judge": verdicts,
    }  # fmt: skip
    return sample(number, seed=seed, **(fields | changed))


def metric(values: Sequence[float], *, n_unscored: int = 0, n_error: int = 0) -> Metric:
    """A mean with a stand-in interval."""
    if not values:
        return Metric(value=None, n=0, n_unscored=n_unscored, n_error=n_error)
    mean = sum(values) / len(values)
    half = 0.98 / len(values) ** 0.5 * max(values)
    return Metric(
        value=mean, n=len(values), n_unscored=n_unscored, n_error=n_error,
        ci95=(max(0.0, mean - half), mean + half), lower=mean * 0.98, upper=mean * 1.01,
    )  # fmt: skip


def results_of(samples: Sequence[Sample], *, task: str, model: str, complete: bool = True) -> Results:
    """Metrics and breakdowns of the rows: unreadable answers are wrong, failed rows are left out."""
    images = [image for row in samples for image in row.images]
    kept = sum(image.sha256 == image.sent_sha256 for image in images)
    several = len({row.task for row in samples}) > 1
    breakdowns = {
        axis: {
            value: _metrics_by_task([row for row in samples if getattr(row, axis) == value], several=several)
            for value in sorted(values)
        }
        for axis in ("question_type", "modality", "degradation_level", "concern", "source", "difficulty")
        if (values := {getattr(row, axis) for row in samples} - {None})
    }
    return Results(
        task=task, model=model, metrics=_metrics_by_task(samples, several=several), breakdowns=breakdowns,
        integrity=Integrity(images=len(images), bit_identical=kept), complete=complete,
    )  # fmt: skip


def _metrics_by_task(samples: Sequence[Sample], *, several: bool) -> dict[str, Metric]:
    """In a run of several tasks, a metric's name is `<task>.<metric>`."""
    if not several:
        return _metrics(samples)
    by_task = {
        task: [row for row in samples if row.task == task] for task in dict.fromkeys(row.task for row in samples)
    }
    return {f"{task}.{name}": one for task, rows in by_task.items() for name, one in _metrics(rows).items()}


def _metrics(samples: Sequence[Sample]) -> dict[str, Metric]:
    counts = {
        "n_unscored": sum(row.state == "unscored" for row in samples),
        "n_error": sum(row.state == "error" for row in samples),
    }
    if not any(row.judge for row in samples):
        return {"accuracy": metric([float(bool(row.correct)) for row in samples if row.state != "error"], **counts)}
    scores = {axis: _scores(samples, axis) for axis in AXES}
    four = [[one.score for one in row.judge.values() if one.score is not None] for row in samples if row.judge]
    total = [sum(known) for known in four if len(known) == len(AXES)]
    return {axis: metric(values, **counts) for axis, values in scores.items()} | {"overall": metric(total, **counts)}


def _scores(samples: Sequence[Sample], axis: str) -> list[float]:
    verdicts = [row.judge[axis] for row in samples if row.judge and axis in row.judge]
    return [verdict.score for verdict in verdicts if verdict.score is not None]


MANIFEST = {
    "model": {"id": "openai/test-model", "revision": "2026-01-01", "returned_ids": ["test-model-2026"]},
    "prompt": {"version": "paper", "sha256": "ab" * 32},
    "decoding": {"temperature": 0.0, "max_tokens": 64},
    "dataset": {"name": "sample", "revision": "1", "sha256": "cd" * 32},
    "versions": {"medq": "0.1.0", "python": "3.11.7"},
    "git_commit": "0123abc",
    "tokens": {"in": 1000, "out": 50},
    "cost_usd": 0.42,
    "times": {"started": "2026-11-21T10:00:00Z", "wall_s": 12.5},
    "parser_version": "1",
}


def write_run(
    run_dir: Path,
    samples: Sequence[Sample],
    *,
    task: str = "perception",
    model: str = "test-model",
    manifest: dict[str, Any] | None = None,
    config: str = "task: {name: perception}\nmodel: {id: openai/test-model}\nrun: {dir: somewhere, seed: 0}\n",
    complete: bool = True,
) -> Path:
    """The folder with samples.jsonl, results.json, manifest.json and config.yaml; returns it."""
    run_dir.mkdir(parents=True, exist_ok=True)
    lines = "".join(row.model_dump_json() + "\n" for row in samples)
    (run_dir / "samples.jsonl").write_text(lines, encoding="utf-8")
    results = results_of(samples, task=task, model=model, complete=complete)
    (run_dir / "results.json").write_text(results.model_dump_json(indent=1), encoding="utf-8")
    (run_dir / "manifest.json").write_text(json.dumps(MANIFEST | (manifest or {})), encoding="utf-8")
    (run_dir / "config.yaml").write_text(config, encoding="utf-8")
    return run_dir


def keep_images(run_dir: Path, samples: Sequence[Sample], draw: Callable[[int], bytes] = png) -> list[Sample]:
    """The rows with the ledger of drawn images, two rows an image, which are stored under `images/`."""
    folder = run_dir / "images"
    folder.mkdir(parents=True, exist_ok=True)
    kept = []
    for number, row in enumerate(samples):
        data = draw(number // 2)
        record = image_record(data)
        (folder / f"{record.sent_sha256}.png").write_bytes(data)
        kept.append(row.model_copy(update={"images": [record]}))
    return kept
