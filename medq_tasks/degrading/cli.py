"""`python -m medq_tasks degrade IN OUT`: a folder of images under degradations of known severity."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from medq_tasks.errors import DegradationError
from medq_tasks.item import MODALITIES

if TYPE_CHECKING:
    from rich.console import Console

    from medq_tasks.degrading.job import Record
    from medq_tasks.degrading.plan import Plan

AUTO = "auto"
EXIT_UNUSABLE = 2  # no image could be degraded
EXIT_FAILED = 3  # some images could not be degraded
SHOWN_FAILURES = 20
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser("degrade", help="degrade images at given severities")
    parser.add_argument("source", type=Path, nargs="?", metavar="IN", help="a folder of images, or one image")
    parser.add_argument("target", type=Path, nargs="?", metavar="OUT", help="where <degradation>/<severity>/ go")
    parser.add_argument("--modality", default=AUTO, help=f"{', '.join(MODALITIES)}; default: DICOM header or folder")
    parser.add_argument("--degradation", default="all", help="names separated by commas, or `all` that apply")
    parser.add_argument("--severity", default="L1,L2", help="levels (L0, L1, L2; mild; 1 to 5) or numbers (0.35)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument(
        "--set", nargs="+", action="extend", default=[], metavar="NAME=VALUE", help="a physical parameter"
    )
    parser.add_argument("--window", metavar="LOW,HIGH", help="values of black and white (HU for CT) of deep images")
    parser.add_argument("--frame", default="middle", help="of a volume or series: a number from 0, `middle` or `all`")
    parser.add_argument("--sheet", type=Path, metavar="FILE.png", help="a contact sheet of each degradation instead")
    parser.add_argument("--list", action="store_true", help="list the degradations and their parameters")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0; 3 where some images failed, 2 where all did (each named on one line and in the manifest)."""
    _one_thread()
    from rich.console import Console

    from medq_tasks.degradations.validation import check_modality

    console = Console()
    modality = None if arguments.modality == AUTO else arguments.modality
    check_modality(modality)
    if arguments.list:
        from medq_tasks.degrading.listing import listing

        console.print(listing(modality))
        return 0
    if arguments.source is None or (arguments.target is None and arguments.sheet is None):
        raise DegradationError("expected IN and OUT (or --sheet FILE.png); `--list` shows the degradations")
    plan = _plan(arguments, modality)
    plan.check()
    if arguments.sheet is not None:
        return _sheets(arguments, plan, console)
    return _folder(arguments, plan, console)


def _one_thread() -> None:
    """This process and its workers compute on one thread each, unless the environment says otherwise.

    Processes then do not fight for the cores, and sums are taken in the same order with any number of them. The
    numerical libraries read this when they are first imported.
    """
    if "numpy" not in sys.modules:
        for name in THREADS:
            os.environ.setdefault(name, "1")


def _plan(arguments: argparse.Namespace, modality: str | None) -> Plan:
    from medq_tasks.degrading.plan import Plan, parse_params, parse_strengths

    if arguments.processes < 1:
        raise DegradationError(f"--processes: expected at least 1, got {arguments.processes}")
    return Plan(
        names=tuple(name.strip() for name in arguments.degradation.split(",") if name.strip()),
        strengths=parse_strengths(arguments.severity),
        seed=arguments.seed,
        modality=modality,
        params=parse_params(arguments.set),
        window=_window(arguments.window),
        frame=_frame(arguments.frame),
    )


def _window(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    try:
        low, high = (float(part) for part in text.split(","))
    except ValueError:
        raise DegradationError(f"--window: expected LOW,HIGH, got {text!r}") from None
    if not low < high:
        raise DegradationError(f"--window: expected LOW below HIGH, got {text!r}")
    return low, high


def _frame(text: str) -> int | str:
    if text in {"middle", "all"}:
        return text
    if not text.isdigit():
        raise DegradationError(f"--frame: expected a number from 0, `middle` or `all`, got {text!r}")
    return int(text)


def _folder(arguments: argparse.Namespace, plan: Plan, console: Console) -> int:
    from rich.progress import Progress

    from medq_tasks.degrading.folder import degrade_folder

    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("degrading", total=None)
        records = degrade_folder(
            arguments.source,
            arguments.target,
            plan,
            processes=arguments.processes,
            notify=lambda done, total: progress.update(task, completed=done, total=total),
        )
    return _report(records, plan, arguments.target, console)


def _report(records: list[Record], plan: Plan, target: Path, console: Console) -> int:
    from medq_tasks.degrading.report import counts, failure_lines, volume_line

    lines = failure_lines(records)
    for line in lines[:SHOWN_FAILURES]:
        print(line, file=sys.stderr)
    if len(lines) > SHOWN_FAILURES:
        print(f"and {len(lines) - SHOWN_FAILURES} more; every failure stands in the manifests", file=sys.stderr)
    for said in (volume_line(records, plan), f"{counts(records)}; manifests under {target}"):
        if said:
            console.print(said, markup=False, highlight=False, soft_wrap=True)
    if not lines:
        return 0
    return EXIT_FAILED if any(record.state == "done" for record in records) else EXIT_UNUSABLE


def _sheets(arguments: argparse.Namespace, plan: Plan, console: Console) -> int:
    from medq_tasks.degradations import applicable, get, load_all
    from medq_tasks.degrading.discovery import find_images
    from medq_tasks.degrading.plan import ALL
    from medq_tasks.degrading.sheet import write_sheet

    if plan.names == (ALL,):
        specs = applicable(plan.modality) if plan.modality else list(load_all().values())
    else:
        specs = [get(name, plan.modality) for name in plan.names]
    paths = find_images(arguments.source)
    for spec in specs:
        file = arguments.sheet
        if len(specs) > 1:
            file = file.with_name(f"{file.stem}_{spec.id}{file.suffix or '.png'}")
        console.print(str(write_sheet(file, spec, paths, plan)), markup=False, highlight=False, soft_wrap=True)
    return 0
