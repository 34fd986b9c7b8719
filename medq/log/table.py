"""A run's rows and metrics in the shapes that W&B shows; a column has one type, so that mixed rows cannot break it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medq.log.pictures import Pictures
from medq.records import Metric, Results, Sample
from medq.secrets import redact

TEXTS = (
    "id", "task", "split", "modality", "question_type", "degradation_level", "concern", "source", "difficulty",
    "degradation", "severity", "capability", "prompt", "answer", "response", "state", "rule", "prediction",
    "reference", "finish_reason", "error",
)  # fmt: skip
NUMBERS = ("sample", "correct", "latency_s", "tokens_in", "tokens_out", "cost_usd", "attempts")
COUNTS = ("n", "n_unscored", "n_error")


@dataclass(frozen=True, slots=True)
class Column:
    """A column and how a row's cell is read; `image` is the number of the picture, None for a value."""

    name: str
    read: Callable[[Sample], str | float | None]
    image: int | None = None


def sample_columns(samples: Sequence[Sample]) -> tuple[Column, ...]:
    """Pictures first, then the fields that any row has, then the judge's score on each axis."""
    most = max((len(sample.images) for sample in samples), default=0)
    pictures = [Column("image" if most == 1 else f"image_{place + 1}", _nothing, place) for place in range(most)]
    used = [name for name in (*TEXTS, *NUMBERS) if any(getattr(sample, name) is not None for sample in samples)]
    axes = dict.fromkeys(axis for sample in samples for axis in sample.judge or {})
    fields = [Column(name, _text(name) if name in TEXTS else _number(name)) for name in used]
    return (*pictures, *fields, *(Column(f"judge_{axis}", _score(axis)) for axis in axes))


def sample_rows(samples: Sequence[Sample], columns: Sequence[Column], run_dir: Path) -> list[list[Any]]:
    """A list of cells for every sample: text or None, number or None, picture or None."""
    pictures = Pictures(run_dir)

    def cell(sample: Sample, column: Column) -> Any:
        if column.image is None:
            return column.read(sample)
        return pictures.of(sample.images[column.image]) if column.image < len(sample.images) else None

    return [[cell(sample, column) for column in columns] for sample in samples]


def breakdown_rows(results: Results) -> tuple[list[str], list[list[str | float | None]]]:
    """Headings and a row for each metric of the whole (axis "all") and of each value of each axis."""
    found: list[tuple[str, str, str, Metric]] = [("all", "all", name, one) for name, one in results.metrics.items()]
    found += [
        (axis, value, name, one)
        for axis, values in results.breakdowns.items()
        for value, metrics in values.items()
        for name, one in metrics.items()
    ]
    headings = ["axis", "value", "metric", "mean", "low95", "high95", *COUNTS, "lower", "upper"]
    return headings, [[axis, value, name, *_numbers(metric)] for axis, value, name, metric in found]


def summary(results: Results) -> dict[str, str | float | bool]:
    """The scalars of a run: metrics with interval and counts, means along every axis, integrity."""
    pairs: dict[str, str | float | bool] = {"task": results.task, "model": results.model, "complete": results.complete}
    pairs |= {f"integrity/{name}": count for name, count in results.integrity.model_dump(exclude_none=True).items()}
    pairs |= {f"{name}/{key}": value for name, metric in results.metrics.items() for key, value in _scalars(metric)}
    for axis, values in results.breakdowns.items():
        for value, metrics in values.items():
            means = {f"{axis}/{value}/{name}": one.value for name, one in metrics.items()}
            pairs |= {key: mean for key, mean in means.items() if mean is not None}
    return pairs


def _scalars(metric: Metric) -> Iterator[tuple[str, float]]:
    names = ("mean", "low95", "high95", *COUNTS, "lower", "upper")
    yield from ((name, value) for name, value in zip(names, _numbers(metric), strict=True) if value is not None)


def _numbers(metric: Metric) -> list[float | None]:
    low, high = metric.ci95 or (None, None)
    return [metric.value, low, high, metric.n, metric.n_unscored, metric.n_error, metric.lower, metric.upper]


def _nothing(sample: Sample) -> None:
    return None


def _text(name: str) -> Callable[[Sample], str | None]:
    return lambda sample: None if (value := getattr(sample, name)) is None else redact(str(value))


def _number(name: str) -> Callable[[Sample], float | None]:
    return lambda sample: None if (value := getattr(sample, name)) is None else float(value)


def _score(axis: str) -> Callable[[Sample], float | None]:
    return lambda sample: sample.judge[axis].score if sample.judge and axis in sample.judge else None
