"""Published rows beside a run's own: only for official data, and always marked as published."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.labels import is_percent
from analysis.published import TABLES, PublishedTable, cell_of, read_rows
from analysis.run import Run


@dataclass(frozen=True, slots=True)
class BesideRow:
    """A row of numbers as text; `origin` says where they come from."""

    model: str
    origin: str
    cells: tuple[str, ...]
    is_run: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """A published table with the run's row first."""

    title: str
    source: str
    headings: tuple[str, ...]
    rows: tuple[BesideRow, ...]


def published_beside(run: Run) -> tuple[Beside, ...]:
    """The published tables that a run on the official data can be read against; empty for any other data.

    A table is shown when task and split agree; of its columns, those that the run has a value for.
    """
    if not run.is_official:
        return ()
    fitting = [table for table in TABLES if table.split is None or run.splits == (table.split,)]
    return tuple(beside for table in fitting if (beside := _beside(run, table)).headings)


def _beside(run: Run, table: PublishedTable) -> Beside:
    own = {column.name: cell_of(run, table, column) for column in table.columns}
    columns = [column for column in table.columns if (cell := own[column.name]) is not None and cell.value is not None]
    texts = tuple(_number(column.metric, own[column.name].value) for column in columns)  # type: ignore[union-attr]
    rows = [BesideRow(run.results.model, "this run", texts, is_run=True)]
    rows += [
        BesideRow(row.model, table.source, tuple(row.cells[column.name] or "–" for column in columns), is_run=False)
        for row in read_rows(table)
        if row.group in (None, "overall") and any(row.cells[column.name] for column in columns)
    ]
    title = f"Table {table.key}: {table.title}" if table.key.isdigit() else table.title
    return Beside(title, table.source, tuple(column.heading for column in columns), tuple(rows))


def _number(metric: str, value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.2f}" if is_percent(metric) else f"{value:.3f}"
