"""What a run has to put into a cell of a published table."""

from __future__ import annotations

from analysis.published.tables import Column, PublishedTable
from analysis.run import Run
from medq.records import Metric


def cell_of(run: Run, table: PublishedTable, column: Column, *, group: str | None = None) -> Metric | None:
    """The run's metric for one cell, or None where the run does not measure it.

    `group` is the axis value of a row group (`fine`), None for all rows.
    """
    if group is not None:
        return None if run.results.task != column.task else _at(run, str(table.group_axis), group, column.metric)
    if run.results.task == column.task:
        if column.axis is None:
            return run.results.metrics.get(column.metric)
        return _at(run, column.axis, str(column.value), column.metric)
    if column.axis is None and run.results.task == "all":
        return _at(run, "task", column.task, column.metric)
    return None


def _at(run: Run, axis: str, value: str, metric: str) -> Metric | None:
    return run.results.breakdowns.get(axis, {}).get(value, {}).get(metric)
