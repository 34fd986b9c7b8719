"""Rows of a paper's table: those of the paper, then one for each run that fills any of its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.labels import is_percent
from analysis.published import PublishedTable, cell_of, read_rows
from analysis.run import Run
from medq.records import Metric

EMPTY = "–"
OURS = "this code"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A model's row. `origin` is the paper or this code, `data` what it was measured on, `counts` the run's n."""

    model: str
    group: str
    origin: str
    data: str
    cells: tuple[str, ...]
    counts: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to be written; `notes` is what has to be read with it."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...]
    has_groups: bool


def build_table(table: PublishedTable, runs: Sequence[Run] = ()) -> Table:
    """The published rows, then the rows of the runs that measure something of this table.

    A run on other data than the official, or on more than the table's split, is appended all the same and named so in
    `data`, since its numbers cannot be set against the paper's; a run on another split is not.
    """
    published = [
        TableRow(
            row.model, row.group or "", table.source, _official(table.split),
            tuple(row.cells[column.name] or EMPTY for column in table.columns), "",
        )
        for row in read_rows(table)
    ]  # fmt: skip
    own = [row for run in runs for row in _rows_of(run, table)]
    number = f"Table {table.key}: " if table.key.isdigit() else ""
    headings = tuple(column.heading for column in table.columns)
    return Table(number + table.title, headings, (*published, *own), _notes(table, own), bool(table.groups))


def _rows_of(run: Run, table: PublishedTable) -> list[TableRow]:
    if table.split is not None and run.splits and table.split not in run.splits:
        return []
    rows = []
    for group, value in table.groups or (("", None),):
        cells = [cell_of(run, table, column, group=value) for column in table.columns]
        texts = tuple(_text(column.metric, cell) for column, cell in zip(table.columns, cells, strict=True))
        if any(text != EMPTY for text in texts):
            data = f"{run.dataset or 'not named'} {' + '.join(run.splits)}".strip()
            rows.append(TableRow(run.results.model, group, OURS, data, texts, _counts(cells)))
    return rows


def _counts(cells: Sequence[Metric | None]) -> str:
    """The counts of the cell that rests on most rows: n, and what it leaves out or counts as wrong."""
    widest = max((cell for cell in cells if cell is not None), key=lambda cell: cell.n)
    return f"n = {widest.n}, {widest.n_unscored} unscored, {widest.n_error} error"


def _official(split: str | None) -> str:
    return f"official {split}" if split else "official"


def _text(metric: str, cell: Metric | None) -> str:
    if cell is None or cell.value is None:
        return EMPTY
    return f"{100 * cell.value:.2f}" if is_percent(metric) else f"{cell.value:.3f}"


def _notes(table: PublishedTable, own: Sequence[TableRow]) -> tuple[str, ...]:
    notes = [
        f'Rows marked "{table.source}" are the authors\' figures, not measured with this code. Accuracies in per cent.'
    ]
    other = [row for row in own if row.data != _official(table.split)]
    if other:
        notes.append("Rows on other data than the paper's cannot be compared with its rows: " + _names(other) + ".")
    return tuple(notes)


def _names(rows: Sequence[TableRow]) -> str:
    return ", ".join(dict.fromkeys(f"{row.model} on {row.data}" for row in rows))
