"""`python -m medq_tasks validate FILE`: every bad row, and the counts beside the published ones."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from medq_tasks.errors import DataError
from medq_tasks.item import TASKS

if TYPE_CHECKING:
    from rich.console import Console

    from medq_tasks.data.validation import Validation

SHOWN_PROBLEMS = 50


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser("validate", help="check a file of items row by row, image by image")
    parser.add_argument("file", type=Path, metavar="FILE", help="a .tsv, .jsonl or .parquet file of items")
    parser.add_argument("--task", choices=TASKS, help="what the items are for; taken from the file's name otherwise")
    parser.add_argument(
        "--columns", nargs="+", action="extend", default=[], metavar="FIELD=NAME", help="the column of a field"
    )
    parser.add_argument("--shallow", action="store_true", help="leave the images unread")
    parser.add_argument("--all", action="store_true", help=f"list every bad row, not only the first {SHOWN_PROBLEMS}")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; 0 where every row can be used, 2 otherwise."""
    from rich.console import Console

    from medq_tasks.data.validation import validate

    columns = dict(_pair(text) for text in arguments.columns)
    validation = validate(arguments.file, task=arguments.task, columns=columns, deep=not arguments.shallow)
    show(validation, Console(), limit=None if arguments.all else SHOWN_PROBLEMS)
    return 0 if validation.ok else 2


def show(validation: Validation, console: Console, *, limit: int | None = None) -> None:
    """The columns, counts and bad rows as tables."""
    from rich.markup import escape

    mapped = ", ".join(f"{field} = {name}" for field, name in validation.columns.items())
    console.print(f"[bold]{escape(str(validation.path))}[/bold], task {validation.task}")
    console.print(f"columns: {escape(mapped)}; not used: {escape(', '.join(validation.unused) or 'none')}")
    if validation.kinds:
        console.print("images: " + ", ".join(f"{count} × {kind}" for kind, count in validation.kinds.items()))
    _show_counts(validation, console)
    for note in validation.notes:
        console.print(f"note: {escape(note)}")
    _show_problems(validation, console, limit)
    bad = len({problem.row for problem in validation.problems})
    console.print(f"{validation.rows} rows can be read, {bad} bad row{'' if bad == 1 else 's'}")


def _pair(text: str) -> tuple[str, str]:
    field, mark, name = text.partition("=")
    if not mark:
        raise DataError(f"--columns: expected FIELD=NAME, got {text!r}; for example --columns question_type=type")
    return field.removeprefix("data.").removeprefix("columns."), name


def _show_counts(validation: Validation, console: Console) -> None:
    from rich.table import Table

    table = Table()
    table.add_column("axis", no_wrap=True)
    table.add_column("value", overflow="fold", min_width=24)
    for title in ("rows", "share", "published"):
        table.add_column(title, justify="right")
    for count in validation.counts:
        share = f"{100 * count.rows / validation.rows:.1f} %" if validation.rows else ""
        table.add_row(count.axis, count.value, str(count.rows), share, str(count.published or ""))
    console.print(table)


def _show_problems(validation: Validation, console: Console, limit: int | None) -> None:
    from rich.markup import escape
    from rich.table import Table

    if not validation.problems:
        return
    table = Table(title="bad rows", title_justify="left")
    for title in ("row", "index", "column", "reason"):
        table.add_column(title, overflow="fold")
    for problem in validation.problems[:limit]:
        table.add_row(str(problem.row), *(escape(text) for text in (problem.index, problem.column, problem.reason)))
    console.print(table)
    if limit is not None and len(validation.problems) > limit:
        console.print(f"and {len(validation.problems) - limit} more; --all lists them")
