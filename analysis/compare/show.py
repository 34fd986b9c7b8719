"""A comparison for people (a terminal, the report) and for programs (JSON)."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from analysis.compare.comparison import Comparison
from analysis.compare.paired import PairedResult
from analysis.labels import is_percent, metric_label

if TYPE_CHECKING:
    from rich.console import Console

FLIPS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class PairedLine:
    """A paired result as text."""

    label: str
    difference: str
    interval: str
    p_value: str
    pairs: int
    better: int
    worse: int
    left_out: int
    detectable: str


def paired_line(result: PairedResult, *, with_task: bool) -> PairedLine:
    """The result in points (percentage points for accuracy), signed."""
    label = metric_label(result.metric) + (f", {result.task}" if with_task else "")
    low, high = (_signed(result.metric, end) for end in result.ci95)
    return PairedLine(
        label=label,
        difference=_signed(result.metric, result.difference),
        interval=f"{low} to {high}",
        p_value=f"{result.p_value:.4f}" if result.p_value >= 0.0001 else "< 0.0001",
        pairs=result.pairs,
        better=result.better,
        worse=result.worse,
        left_out=result.left_out,
        detectable="–" if result.detectable is None else f"{100 * result.detectable:.1f} points",
    )


def to_json(comparison: Comparison) -> str:
    """The comparison as indented JSON; intervals that do not exist are null."""

    def plain(value: object) -> object:
        if isinstance(value, float) and not math.isfinite(value):
            return None
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items()}
        return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value

    return json.dumps(plain(asdict(comparison)), indent=2, ensure_ascii=False)


def print_comparison(comparison: Comparison, console: Console, *, flips: int = FLIPS_SHOWN) -> None:
    """Prints what differs, then the paired results, then at most `flips` flipped items."""
    console.print(f"A: {comparison.first}\nB: {comparison.second}\n", markup=False, highlight=False)
    _print_differences(comparison, console)
    _print_results(comparison, console)
    _print_flips(comparison, console, flips)


def _print_differences(comparison: Comparison, console: Console) -> None:
    if not comparison.differences:
        console.print("Nothing that moves scores differs between the runs.\n")
        return
    rows = [(one.kind, one.what, one.a, one.b) for one in comparison.differences]
    _table(console, "What differs between the runs", ("kind", "what", "A", "B"), rows)


def _print_results(comparison: Comparison, console: Console) -> None:
    several = len({result.task for result in comparison.results}) > 1
    lines = [paired_line(result, with_task=several) for result in comparison.results]
    facts = {
        "B - A": [line.difference for line in lines],
        "95 % interval": [line.interval for line in lines],
        "p": [line.p_value for line in lines],
        "pairs": [str(line.pairs) for line in lines],
        "B higher": [str(line.better) for line in lines],
        "A higher": [str(line.worse) for line in lines],
        "left out": [str(line.left_out) for line in lines],
        "shown at 80 % power": [line.detectable for line in lines],
    }
    title = "Paired difference on shared items (bootstrap and sign flips over clusters of one image)"
    _table(console, title, ("", *(line.label for line in lines)), [(name, *cells) for name, cells in facts.items()])


def _print_flips(comparison: Comparison, console: Console, most: int) -> None:
    total = len(comparison.flips)
    title = f"Flipped items: {total}" + (f", the first {most}" if total > most else "")
    rows = [
        (flip.id, flip.modality or "", flip.question_type or "", flip.answer or "", flip.first, flip.second, flip.cause)
        for flip in comparison.flips[:most]
    ]
    _table(console, title, ("item", "modality", "type", "gold", "A", "B", "why"), rows)


def _table(console: Console, title: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _signed(metric: str, value: float) -> str:
    if not math.isfinite(value):
        return "–"
    return f"{100 * value:+.2f}" if is_percent(metric) else f"{value:+.3f}"
