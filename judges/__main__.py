"""`python -m judges judge RUN [overrides...]` and `python -m judges align RUN --human ratings.csv`.

`judge` hands over to `python -m medq mode=judge`, which owns configuration, calls and journal. It is a process of its
own because imports flow one way: `medq` imports `judges`, never the other way round.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from judges.errors import JudgeInputError

BAD_INPUT = 2
_PLAIN_VALUE = re.compile(r"[\w/.:@+-]+", re.ASCII)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns the exit code: that of the run, 0, or 2 for bad input."""
    given, overrides = _parser().parse_known_args(arguments)
    try:
        if given.command == "judge":
            return _judge(given.run, overrides)
        if overrides:
            raise JudgeInputError(f"expected no more arguments than those of `align --help`, got {' '.join(overrides)}")
        return _align(given.run, given.human, given.json)
    except JudgeInputError as error:
        print(f"error: {error}", file=sys.stderr)
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m judges", description="Judge stored answers; check the judge.")
    commands = parser.add_subparsers(dest="command", required=True)
    judge = commands.add_parser("judge", help="judge the stored answers of a run, e.g. judge RUN judge=gpt4o")
    judge.add_argument("run", type=Path, help="the folder of a finished run; any Hydra overrides may follow")
    align = commands.add_parser("align", help="compare the judge's scores with human ratings (paper, Table 10)")
    align.add_argument("run", type=Path, help="the folder of a judged run")
    align.add_argument("--human", type=Path, required=True, help="CSV with the columns id, axis, rater, score")
    align.add_argument("--json", type=Path, help="also write the report to this file as JSON")
    return parser


def _judge(run: Path, overrides: Sequence[str]) -> int:
    if not run.is_dir():
        raise JudgeInputError(f"{run}: expected the folder of a finished run, found none")
    command = [sys.executable, "-m", "medq", "mode=judge", f"run.dir={hydra_value(str(run))}", *overrides]
    return subprocess.run(command, check=False).returncode


def hydra_value(text: str) -> str:
    r"""The text as a value of a Hydra override: as it is when plain, else in single quotes.

    >>> hydra_value("runs/2026-01-01/a b")
    "'runs/2026-01-01/a b'"
    """
    if _PLAIN_VALUE.fullmatch(text):
        return text
    # Hydra reads a backslash as an escape only before a quote.
    quoted = re.sub(r"(\\*)('|$)", lambda found: found.group(1) * 2 + found.group(2).replace("'", "\\'"), text)
    return f"'{quoted}'"


def _align(run: Path, human: Path, report: Path | None) -> int:
    from judges.align import align, read_scores
    from judges.alignment_text import alignment_text
    from judges.ratings import read_ratings

    axes = align(read_scores(run), read_ratings(human))
    print(alignment_text(axes), end="")
    if report is not None:
        report.write_text(json.dumps([asdict(axis) for axis in axes], indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
