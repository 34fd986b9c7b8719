"""`python -m medq_tasks build SPEC.yaml`: a benchmark from one's own images."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from medq_tasks.construction import Built

SHOWN = 20


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser("build", help="build a benchmark from your own images")
    parser.add_argument("spec", type=Path, metavar="SPEC.yaml", help="sources, windows, degradations, questions")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to; default: the spec's name beside it")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Builds, prints what was made and what was left out; 0."""
    from rich.console import Console

    from medq_tasks.construction import build, load_spec

    out = arguments.out or arguments.spec.parent / load_spec(arguments.spec).name
    show(build(arguments.spec, out), Console())
    return 0


def show(built: Built, console: Console) -> None:
    """The files with their rows, then each image and degradation that was left out."""
    for table in built.tables:
        _line(console, f"{built.out / table.stem}.tsv: {len(table.rows)} rows")
    paths = built.collection.paths
    for key, slices in built.collection.slices.items():
        if all(one.reason for one in slices):
            _line(console, f"no slice taken: {paths[key]}: {slices[0].reason}")
    for finding in built.collection.flagged:
        reason = f"tag {finding.tag or 'not set'}, {len(finding.regions)} lines of text found"
        todo = "kept, checked" if finding.kept else "left out; check it, then set `burned_in_text: checked`"
        _line(console, f"burned-in text: {paths[finding.image]} ({finding.image}): {reason}: {todo}")
    for refused in built.refused[:SHOWN]:
        _line(console, f"not degraded: {refused.image}, {refused.degradation} {refused.level}: {refused.reason}")
    if len(built.refused) > SHOWN:
        _line(console, f"and {len(built.refused) - SHOWN} more in report.json")
    originals = sum(variant.clean for variant in built.variants)
    _line(console, f"{originals} images, {len(built.variants)} pictures; card: {built.out / 'README.md'}")


def _line(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
