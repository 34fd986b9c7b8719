"""All that `medq` prints: errors as one line, results as tables."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from medq.secrets import redact

if TYPE_CHECKING:
    from rich.table import Table

    from medq.planning.estimate import Plan
    from medq.records import Metric, Results

TABLE_WIDTH = 110
AXES = ("severity", "question_type", "modality", "degradation_level", "difficulty", "degradation_category")
CALIBRATION_AXES = ("severity", "modality", "degradation_category", "capability_task")


def say_error(message: str) -> None:
    """One line on stderr, whatever line breaks the message holds; secrets are struck out."""
    print(f"medq: {redact(' '.join(message.split()))}", file=sys.stderr, flush=True)


def say(message: str) -> None:
    """One line on stdout; a reader that has gone away (`| head`) ends the printing and not the run."""
    try:
        print(redact(message), flush=True)
    except BrokenPipeError:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  it stays open till the end


def results_tables(results: Results) -> None:
    """Accuracy with its breakdowns, judged axes and calibration side by side; each where the run has it."""
    accuracies = [name for name in results.metrics if _is_share(name)]
    if accuracies:
        _print(_accuracy_table(results, accuracies[0]))
    others = [name for name in results.metrics if not _is_share(name)]
    for task in dict.fromkeys(name.rpartition(".")[0] for name in others):
        names = [name for name in others if name.rpartition(".")[0] == task]
        calibration = any(name.endswith("calibration_shift") for name in names)
        title = _calibration(results) if calibration else f"judge {_judge(results)}"
        axes = CALIBRATION_AXES if calibration else AXES
        _print(_side_by_side(results, names, title=f"{task or results.task}: {results.model}, {title}", axes=axes))


def _accuracy_table(results: Results, name: str) -> Table:
    """The headline and its breakdowns: value, 95 % interval, n, what could not be read or failed, and chance."""
    from rich.table import Table

    table = Table(title=f"{name.rpartition('.')[0] or results.task}: {results.model}", title_justify="left")
    table.add_column("")
    for column in ("accuracy", "95 % CI", "n", "unscored", "failed", "random guess"):
        table.add_column(column, justify="right")
    table.add_row("[bold]all[/]", *_cells(name, results.metrics[name]))
    for axis, by_value in _shown(results, name):
        table.add_section()
        table.add_row(f"[dim]{axis.replace('_', ' ')}[/]")
        for value, metric in by_value.items():
            table.add_row(f"  {value.replace('_', ' ')}", *_cells(name, metric))
    return table


def _side_by_side(results: Results, names: Sequence[str], *, title: str, axes: Sequence[str]) -> Table:
    """Metrics in columns, a line a group; behind each mean the number of answers it rests on."""
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in names:
        table.add_column(name.rpartition(".")[2].replace("_", " "), justify="right")
    table.add_row("[bold]all[/]", *(_with_n(name, results.metrics[name]) for name in names))
    table.add_row("[dim]95 % CI[/]", *(f"[dim]{_interval(name, results.metrics[name])}[/]" for name in names))
    groups = {name: dict(_shown(results, name, axes)) for name in names}
    for axis, by_value in groups[names[0]].items():
        table.add_section()
        table.add_row(f"[dim]{axis.replace('_', ' ')}[/]")
        for value in by_value:
            cells = (groups[name].get(axis, {}).get(value) for name in names)
            shown = ("" if cell is None else _with_n(name, cell) for name, cell in zip(names, cells, strict=True))
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


def _with_n(name: str, metric: Metric) -> str:
    missing = metric.n_unscored + metric.n_error
    return f"{_value(name, metric)} ({metric.n}{f', {missing} without' if missing else ''})"


def _is_share(name: str) -> bool:
    return name.rpartition(".")[2] == "accuracy"


def judge_lines(results: Results) -> Iterable[str]:
    """What is said of the judge beside the means: the free check by rules, and the bias for a position."""
    extra = results.model_extra or {}
    check, bias = extra.get("judge_check"), extra.get("position_bias")
    if check is not None and check["exact"] is not None:
        alarm = "; LOW: look at the judge before the scores" if check["alarm"] else ""
        agree = f"{100 * check['exact']:.1f} % of {check['n']} conclusions"
        yield f"judge check: judge and rules agree on quality accuracy in {agree}{alarm}"
    if bias is not None and bias["inconsistent"] is not None:
        share = f"{100 * bias['inconsistent']:.1f} % of {bias['n']}"
        yield f"position bias: the conclusion does not follow the exchanged images in {share} pairs"


def plan_report(plan: Plan) -> None:
    """A planned run: its table and what that rests on."""
    from medq.planning.shown import plan_lines, plan_table

    _print(plan_table(plan))
    for line in plan_lines(plan):
        say(line)


def calibration_lines(results: Results) -> Iterable[str]:
    """What MedQ-Deg says in sentences: the price of the degradations, the Dunning–Kruger test, what limits both."""
    found = (results.model_extra or {}).get("degradation")
    if found is None:
        return
    votes, within = found["votes"], found["dunning_kruger_within"]
    yield f"votes: {votes['a_question']} a question, {votes['unscored']} unreadable, {votes['error']} failed"
    for drop in found["paired_drops"]:
        if drop["degradation"] is None and (drop["start"], drop["end"]) == ("L0", "L2"):
            ends = "" if drop["ci95"] is None else f" [{100 * drop['ci95'][0]:.2f}, {100 * drop['ci95'][1]:.2f}]"
            fall = f"{100 * drop['drop']:.2f} points{ends}"
            yield f"paired drop L0 to L2: {fall}, n {drop['n']}, McNemar p {drop['p']:.3g}"
    if within is not None:
        words = "holds" if within["holds"] else "does not hold"
        change = f"accuracy {-100 * within['accuracy_drop']:+.2f} points, shift {within['shift_rise']:+.3f}"
        yield f"Dunning-Kruger within the model, L0 to L2: {words} ({change})"
    if found["rules"]["confidence"] == "votes" and votes["a_question"] < 2:
        yield "confidence by votes needs task.runs of 2 or more (the paper: 10)"


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
    for line in between_models_lines([results for _, results in rows]):
        say(line)


def between_models_lines(runs: Sequence[Results]) -> Iterable[str]:
    """The Dunning–Kruger test between the models of MedQ-Deg runs; nothing for fewer than two models."""
    from medq_tasks.calibration import between_models

    accuracy, shift = {}, {}
    for results in runs:
        clean = results.breakdowns.get("severity", {}).get("L0", {})
        one, other = clean.get("accuracy"), clean.get("calibration_shift")
        if one is not None and other is not None and one.value is not None and other.value is not None:
            accuracy[results.model], shift[results.model] = one.value, other.value
    found = between_models(accuracy, shift)
    if found.pairs:
        share = f"{found.agreeing} of {found.pairs} pairs"
        yield f"Dunning-Kruger between models, L0: the less accurate one has the larger shift in {share}"


def _cells(name: str, metric: Metric) -> Iterable[str]:
    guess = "" if metric.chance is None else f"{100 * metric.chance:.2f} %"
    return (
        _value(name, metric),
        _interval(name, metric),
        str(metric.n),
        str(metric.n_unscored),
        str(metric.n_error),
        guess,
    )


def _interval(name: str, metric: Metric) -> str:
    return "" if metric.ci95 is None else f"{_scaled(name, metric.ci95[0])} – {_scaled(name, metric.ci95[1])}"


def _value(name: str, metric: Metric) -> str:
    return "–" if metric.value is None else _scaled(name, metric.value)


def _scaled(name: str, value: float) -> str:
    """Accuracy in per cent, scores on their own scale."""
    return f"{100 * value:.2f} %" if _is_share(name) else f"{value:.3f}"


def _print(table: Table) -> None:
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else TABLE_WIDTH)
    with console.capture() as captured:
        console.print(table)
    say(captured.get().rstrip())
