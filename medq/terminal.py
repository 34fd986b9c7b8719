"""All that `medq` prints: errors as one line, results as tables."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from medq.secrets import redact

if TYPE_CHECKING:
    from rich.table import Table

    from medq.records import Metric, Results

TABLE_WIDTH = 110
AXES = ("question_type", "modality", "degradation_level")


def say_error(message: str) -> None:
    """One line on stderr, whatever line breaks the message holds; secrets are struck out."""
    print(f"medq: {redact(' '.join(message.split()))}", file=sys.stderr, flush=True)


def say(message: str) -> None:
    """One line on stdout."""
    print(redact(message), flush=True)


def results_table(results: Results) -> None:
    """The headline and its breakdowns: value, 95 % interval, n, what could not be read or failed, and chance."""
    from rich.table import Table

    table = Table(title=f"{results.task}: {results.model}", title_justify="left")
    for column, justify in (("", "left"), ("value", "right"), ("95 % CI", "right"), ("n", "right"),
                            ("unscored", "right"), ("failed", "right"), ("random guess", "right")):  # fmt: skip
        table.add_column(column, justify=justify)  # type: ignore[arg-type]
    for name, metric in results.metrics.items():
        table.add_row(f"[bold]{name}[/]", *_cells(metric))
    for axis in (axis for axis in AXES if axis in results.breakdowns):
        table.add_section()
        table.add_row(f"[dim]{axis.replace('_', ' ')}[/]")
        for value, metrics in results.breakdowns[axis].items():
            for name, metric in metrics.items():
                label = value if len(metrics) == 1 else f"{value} {name}"
                table.add_row(f"  {label.replace('_', ' ')}", *_cells(metric))
    _print(table)


def sweep_table(rows: Sequence[tuple[Path, Results]], folder: Path) -> None:
    """One line a run of a sweep."""
    from rich.table import Table

    names = list(dict.fromkeys(name for _, results in rows for name in results.metrics))
    table = Table(title=f"sweep {folder}", title_justify="left")
    for column in ("run", *names, "n", "failed", "complete"):
        table.add_column(column, justify="left" if column == "run" else "right")
    for run, results in rows:
        metrics = results.metrics
        shown = [_value(name, metrics[name]) if name in metrics else "" for name in names]
        largest = max(metrics.values(), key=lambda metric: metric.n + metric.n_error)
        table.add_row(run.name, *shown, str(largest.n), str(largest.n_error), "yes" if results.complete else "no")
    _print(table)


def _cells(metric: Metric) -> Iterable[str]:
    interval = "" if metric.ci95 is None else f"{_scaled(metric, metric.ci95[0])} – {_scaled(metric, metric.ci95[1])}"
    value = "–" if metric.value is None else _scaled(metric, metric.value)
    guess = "" if metric.chance is None else f"{100 * metric.chance:.2f} %"
    return value, interval, str(metric.n), str(metric.n_unscored), str(metric.n_error), guess


def _value(name: str, metric: Metric) -> str:
    return "–" if metric.value is None else _scaled(metric, metric.value)


def _scaled(metric: Metric, value: float) -> str:
    """Shares in per cent, scores as they are; a metric says which it is by its `unit`."""
    share = (metric.model_extra or {}).get("unit", "share") == "share"
    return f"{100 * value:.2f} %" if share else f"{value:.3f}"


def _print(table: Table) -> None:
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else TABLE_WIDTH)
    console.print(table)
