"""`python -m medq_tasks fetch`: the official files, at one commit, verified."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import TaskID


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    from medq_tasks.data.datasets import DATASETS

    parser = subparsers.add_parser("fetch", help="download the official files at a pinned revision")
    parser.add_argument("--dataset", choices=tuple(DATASETS), default="medq-bench")
    parser.add_argument("--revision", help="a commit, tag or branch; the first fetch pins the commit behind it")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="where to keep the files instead of MEDQ_CACHE")
    parser.add_argument(
        "--include", nargs="+", metavar="PATTERN", help="only files of these names, such as '*_dev.tsv'"
    )
    parser.add_argument("--update", action="store_true", help="accept a newer commit or changed files")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Fetch, and print what lies where."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from medq_tasks.data.fetching import fetch

    console = Console()
    bars = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*bars, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as shown:
        tasks: dict[str, TaskID] = {}

        def progress(name: str, done: int, size: int | None) -> None:
            if name not in tasks:
                tasks[name] = shown.add_task(name, total=size)
            shown.update(tasks[name], completed=done)

        done = fetch(
            dataset=arguments.dataset,
            revision=arguments.revision,
            cache=arguments.cache,
            update=arguments.update,
            include=arguments.include,
            report=lambda line: console.print(line, markup=False, highlight=False, soft_wrap=True),
            progress=progress,
        )
    for name in done.changed:
        print(f"{name}: contents replaced")
    counts = f"{len(done.downloaded)} downloaded, {len(done.verified)} verified"
    print(f"{done.folder}: {done.lock.repo} at {done.lock.revision}, {counts}")
    return 0
