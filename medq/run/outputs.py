"""The end of a run: rows, results, manifest, report, and what is printed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from medq.records import REPORT, RESULTS, SAMPLES, Results, Sample, read_results
from medq.run import manifest as manifests
from medq.run.loop import Asked
from medq.run.results import results_of
from medq.run.rows import row_of
from medq.run.work import Work
from medq.run.write import write_json, write_lines
from medq.schema import RunConfig
from medq.terminal import results_table, say, say_error

REPORT_TIMEOUT_S = 600


def write_outputs(
    config: RunConfig,
    work: Work,
    run_dir: Path,
    asked: Sequence[Asked],
    record: dict[str, Any],
    *,
    notes: Sequence[str] = (),
) -> int:
    """Writes every file of the run directory, prints the results and returns the exit code (0, or 3)."""
    kinds = {part.kind.name: part.kind for part in work.parts}
    rows = [row_of(one, kinds[one.question.item.task]) for one in asked]
    results = results_of(config.task.name, config.model.name or config.model.kind, rows)
    write_lines(run_dir / SAMPLES, (row.model_dump_json(exclude_none=False) + "\n" for row in rows))
    write_json(run_dir / RESULTS, results.model_dump(mode="json"))
    failed = sum(row.state == "error" for row in rows)
    state = "complete" if results.complete else "failures"
    manifests.finish(run_dir, record, state=state, asked=asked, data=work.described(), notes=notes)
    _report(run_dir)
    _log(config, run_dir)
    _print(run_dir, results, rows, notes)
    return 3 if failed > config.run.max_error_rate * len(rows) else 0


def already_complete(run_dir: Path) -> bool:
    """Whether the directory holds a run that left nothing to do."""
    return (run_dir / RESULTS).is_file() and read_results(run_dir).complete


def _report(run_dir: Path) -> None:
    """The report is made by the command that a user would type: `analysis` stands above `medq` and is not imported."""
    command = [sys.executable, "-m", "analysis", "report", str(run_dir)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=REPORT_TIMEOUT_S, check=False)
    except (OSError, subprocess.SubprocessError) as error:
        say_error(f"the report could not be made ({error}); try: python -m analysis report {run_dir}")
        return
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        say_error(f"the report could not be made ({last}); try: python -m analysis report {run_dir}")


def _log(config: RunConfig, run_dir: Path) -> None:
    if config.logger.kind == "wandb":
        from medq.log.wandb import log_run

        note = log_run(run_dir, config.logger)
        if note:
            say_error(note)


def _print(run_dir: Path, results: Results, rows: Sequence[Sample], notes: Sequence[str]) -> None:
    results_table(results)
    integrity = results.integrity
    say(f"images sent bit-identical: {integrity.bit_identical}/{integrity.images}")
    windowed = sum(image.window is not None for row in rows for image in row.images)
    if windowed:
        say(f"images mapped to 8 bits by a declared window: {windowed}")
    for note in notes:
        say(note)
    failures = [row for row in rows if row.state == "error"]
    if failures:
        first = f"{failures[0].id}: {failures[0].error}"
        say_error(f"{len(failures)} of {len(rows)} items failed and are not scored; the first: {first}")
    say(f"run     {run_dir}")
    say(f"report  {run_dir / REPORT}")
