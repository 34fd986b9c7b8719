"""What `python -m analysis` understands; each command imports what it needs when it is called."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.errors import AnalysisError

BAD_INPUT = 2


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code: 0, or 2 with one line on stderr when the input cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run_command(options))
    except AnalysisError as error:
        print(f"error: {error}", file=sys.stderr)
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis", description="Reports, comparisons and tables of finished runs."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _report_options(commands.add_parser("report", help="write report.html into the first run"))
    _compare_options(commands.add_parser("compare", help="what differs between two runs, and their paired difference"))
    _tables_options(commands.add_parser("tables", help="the papers' tables, with runs appended"))
    rescore = commands.add_parser("rescore", help="read and score a run's stored answers again")
    rescore.add_argument("run", type=Path)
    rescore.set_defaults(run_command=_rescore)
    return parser


def _report_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("runs", type=Path, nargs="+", metavar="RUN")
    parser.add_argument("--out", type=Path, help="another file than report.html of the first run")
    parser.set_defaults(run_command=_report)


def _report(options: argparse.Namespace) -> int:
    from analysis.report import write_report
    from analysis.run import load_run

    print(write_report([load_run(run) for run in options.runs], path=options.out))
    return 0


def _compare_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("first", type=Path, metavar="A")
    parser.add_argument("second", type=Path, metavar="B")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--flips", type=int, default=40, metavar="N", help="print at most N flipped items (40)")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a report of both runs with their pictures")
    parser.set_defaults(run_command=_compare)


def _compare(options: argparse.Namespace) -> int:
    from analysis.compare import compare
    from analysis.compare.show import print_comparison, to_json
    from analysis.run import load_run

    runs = load_run(options.first), load_run(options.second)
    comparison = compare(*runs)
    if options.json:
        print(to_json(comparison))
    else:
        from rich.console import Console

        print_comparison(comparison, Console(), flips=options.flips)
    if options.html is not None:
        from analysis.report import write_report

        write_report(runs, path=options.html)
    return 0


def _tables_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("runs", type=Path, nargs="*", metavar="RUN")
    parser.add_argument("--format", choices=("md", "latex", "csv"), default="md")
    parser.add_argument("--table", action="append", metavar="N", help="1, 6, 7, 8, 9 or deg; all of them by default")
    parser.set_defaults(run_command=_tables)


def _tables(options: argparse.Namespace) -> int:
    from analysis.published import TABLES
    from analysis.run import load_run
    from analysis.tables import build_table, write_table

    known = {table.key: table for table in TABLES}
    unknown = [key for key in options.table or () if key not in known]
    if unknown:
        raise AnalysisError(f"--table {unknown[0]}: expected one of {', '.join(known)}")
    runs = [load_run(run) for run in options.runs]
    for key in options.table or known:
        print(write_table(build_table(known[key], runs), form=options.format))
    return 0


def _rescore(options: argparse.Namespace) -> int:
    """Scoring is not this package's: the application does it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "medq", "mode=score", f"run.dir={options.run}"], check=False
    ).returncode
