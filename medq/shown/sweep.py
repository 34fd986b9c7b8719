"""A sweep as one table, with what only several models can show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from medq.records import Results
from medq.shown.calibration import between_models_lines
from medq.shown.metric import shown_value
from medq.terminal import say, say_table


def sweep_table(rows: Sequence[tuple[Path, Results]], folder: Path) -> None:
    """One line a run of a sweep."""
    from rich.table import Table

    names = list(dict.fromkeys(name for _, results in rows for name in results.metrics))
    table = Table(title=f"sweep {folder}", title_justify="left")
    for column in ("run", *names, "n", "failed", "complete"):
        table.add_column(column, justify="left" if column == "run" else "right")
    for run, results in rows:
        metrics = results.metrics
        shown = [shown_value(name, metrics[name]) if name in metrics else "" for name in names]
        largest = max(metrics.values(), key=lambda metric: metric.n + metric.n_error)
        table.add_row(run.name, *shown, str(largest.n), str(largest.n_error), "yes" if results.complete else "no")
    say_table(table)
    for line in between_models_lines([results for _, results in rows]):
        say(line)
