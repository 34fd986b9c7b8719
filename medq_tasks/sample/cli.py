"""`python -m medq_tasks sample`: builds the sample set and prints where its files lie."""

from __future__ import annotations

import argparse
from pathlib import Path

from medq_tasks.sample.build import FILES, SPLITS, build_degradation_sample, build_sample, sample_file, sample_files


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the subcommand; its parser's default `run` takes the parsed arguments and returns the exit code."""
    parser = subparsers.add_parser(
        "sample",
        help="build the sample set",
        description="Builds the sample set from the images of installed packages and prints the paths of its files.",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="write the files here instead of into the cache")
    parser.add_argument("--degradation", action="store_true", help="the MedQ-Deg-shaped files instead of the others")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Builds what is missing and prints a path a line; 0."""
    if arguments.out is not None:
        arguments.out.mkdir(parents=True, exist_ok=True)
        (build_degradation_sample if arguments.degradation else build_sample)(arguments.out)
        paths = sorted(arguments.out.glob("MedQ-Robust-*.tsv" if arguments.degradation else "medqbench_*.tsv"))
    elif arguments.degradation:
        paths = [path for split in SPLITS for path in sample_files("degradation", split)]
    else:
        paths = [sample_file(task, split) for task in FILES for split in SPLITS]
    for path in paths:
        print(path)
    return 0
