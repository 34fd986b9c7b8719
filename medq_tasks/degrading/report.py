"""What is said after a folder was degraded: a line an image and cause that failed, and the counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from medq_tasks.degrading.job import Record
from medq_tasks.degrading.plan import Plan


def failure_lines(records: Sequence[Record]) -> list[str]:
    """One line for each failed image and cause, with the results that are missing for it."""
    missing: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in records:
        if record.state == "failed":
            missing[record.source, record.error or ""].append(record.folder)
    return [_line(source, error, [name for name in folders if name]) for (source, error), folders in missing.items()]


def _line(source: str, error: str, folders: list[str]) -> str:
    where = error if source in error else f"{source}: {error}"
    if not folders:
        return where
    return f"{where} ({folders[0]})" if len(folders) == 1 else f"{where} ({folders[0]} and {len(folders) - 1} more)"


def counts(records: Sequence[Record]) -> str:
    """`12 written, 1 not applicable, 0 failed`, in results."""
    states = [record.state for record in records]
    return f"{states.count('done')} written, {states.count('skipped')} not applicable, {states.count('failed')} failed"


def volume_line(records: Sequence[Record], plan: Plan) -> str | None:
    """A line on volumes and series of which only the middle frame was taken because no other was asked for."""
    several = {record.source for record in records if record.frames > 1}
    if plan.frame != "middle" or not several:
        return None
    return f"{len(several)} volumes or series: the middle frame was taken; `--frame N` or `--frame all` takes others"
