"""The results of a run as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from medq.records import Metric, Results
from medq.shown.metric import cells, is_share, shown_interval, with_n
from medq.terminal import say_table

if TYPE_CHECKING:
    from rich.table import Table

AXES = ("severity", "question_type", "modality", "degradation_level", "difficulty", "degradation_category")
CALIBRATION_AXES = ("severity", "modality", "degradation_category", "capability_task")


def results_tables(results: Results) -> None:
    """Accuracy with its breakdowns, judged axes and calibration side by side; each where the run has it."""
    accuracies = [name for name in results.metrics if is_share(name)]
    if accuracies:
        say_table(_accuracy_table(results, accuracies[0]))
    others = [name for name in results.metrics if not is_share(name)]
    for task in dict.fromkeys(name.rpartition(".")[0] for name in others):
        names = [name for name in others if name.rpartition(".")[0] == task]
        calibration = any(name.endswith("calibration_shift") for name in names)
        title = _calibration(results) if calibration else f"judge {_judge(results)}"
        axes = CALIBRATION_AXES if calibration else AXES
        say_table(_side_by_side(results, names, title=f"{task or results.task}: {results.model}, {title}", axes=axes))


def _accuracy_table(results: Results, name: str) -> Table:
    """The headline and its breakdowns: value, 95 % interval, n, what could not be read or failed, and chance."""
    from rich.table import Table

    table = Table(title=f"{name.rpartition('.')[0] or results.task}: {results.model}", title_justify="left")
    table.add_column("")
    for column in ("accuracy", "95 % CI", "n", "unscored", "failed", "random guess"):
        table.add_column(column, justify="right")
    table.add_row("[bold]all[/]", *cells(name, results.metrics[name]))
    for axis, by_value in _shown(results, name):
        table.add_section()
        table.add_row(f"[dim]{axis.replace('_', ' ')}[/]")
        for value, metric in by_value.items():
            table.add_row(f"  {value.replace('_', ' ')}", *cells(name, metric))
    return table


def _side_by_side(results: Results, names: Sequence[str], *, title: str, axes: Sequence[str]) -> Table:
    """Metrics in columns, a line a group; behind each mean the number of answers it rests on."""
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in names:
        table.add_column(name.rpartition(".")[2].replace("_", " "), justify="right")
    table.add_row("[bold]all[/]", *(with_n(name, results.metrics[name]) for name in names))
    table.add_row("[dim]95 % CI[/]", *(f"[dim]{shown_interval(name, results.metrics[name])}[/]" for name in names))
    groups = {name: dict(_shown(results, name, axes)) for name in names}
    for axis, by_value in groups[names[0]].items():
        table.add_section()
        table.add_row(f"[dim]{axis.replace('_', ' ')}[/]")
        for value in by_value:
            cells = (groups[name].get(axis, {}).get(value) for name in names)
            shown = ("" if cell is None else with_n(name, cell) for name, cell in zip(names, cells, strict=True))
            table.add_row(f"  {value.replace('_', ' ')}", *shown)
    return table


def _shown(results: Results, name: str, axes: Sequence[str] = AXES) -> Iterable[tuple[str, dict[str, Metric]]]:
    """The breakdowns of one metric that fit on a screen."""
    for axis in axes:
        groups = results.breakdowns.get(axis, {}).items()
        by_value = {value: metrics[name] for value, metrics in groups if name in metrics}
        if by_value:
            yield axis, by_value


def _calibration(results: Results) -> str:
    rules = ((results.model_extra or {}).get("degradation") or {}).get("rules", {})
    return f"confidence by {rules.get('confidence', 'votes')}"


def _judge(results: Results) -> str:
    return str((results.model_extra or {}).get("judge", "none"))
