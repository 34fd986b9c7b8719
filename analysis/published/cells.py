"""What a run has to put into a cell of a published table."""

from __future__ import annotations

from analysis.published.tables import Column, PublishedTable
from analysis.run import Run
from medq.records import Metric


def cell_of(run: Run, table: PublishedTable, column: Column, *, group: str | None = None) -> Metric | None:
    """The run's metric for one cell, or None where the run does not measure it.

    `group` is the axis value of a row group (`fine`), None for all rows. A run of several tasks names its metrics
    `<task>.<metric>`.
    """
    metric = column.metric if run.results.task == column.task else f"{column.task}.{column.metric}"
    axis, value = (table.group_axis, group) if group is not None else (column.axis, column.value)
    if axis is None:
        return run.results.metrics.get(metric)
    return run.results.breakdowns.get(axis, {}).get(str(value), {}).get(metric)
