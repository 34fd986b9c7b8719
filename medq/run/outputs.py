"""The end of a run: rows, verdicts, results, manifest, report, and what is printed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from medq.budget import Purse
from medq.records import REPORT, RESULTS, SAMPLES, Results, Sample, read_results
from medq.run import manifest as manifests
from medq.run.answered import Answered
from medq.run.judged import judge_rows
from medq.run.results import failed, results_of
from medq.run.rows import row_of
from medq.run.work import Work
from medq.run.write import write_json, write_lines
from medq.schema import RunConfig
from medq.shown.calibration import calibration_lines
from medq.shown.judge import judge_lines
from medq.shown.results import results_tables
from medq.terminal import say, say_error

REPORT_TIMEOUT_S = 600
EXCHANGED = "samples_exchanged.jsonl"


def write_outputs(
    config: RunConfig,
    work: Work,
    run_dir: Path,
    answered: Answered,
    *,
    record: dict[str, Any],
    verdicts: Path | None = None,
    purse: Purse | None = None,
) -> int:
    """Judges what needs a judge, writes every file, prints the results and returns the exit code (0, or 3).

    The journal of verdicts lies in `verdicts`, by default in the run directory; they are paid from `purse`.
    """
    kinds = {part.kind.name: part.kind for part in work.parts}
    first = [row_of(one, kinds[one.question.item.task]) for one in answered.asked if not one.question.exchanged]
    second = [row_of(one, kinds[one.question.item.task]) for one in answered.asked if one.question.exchanged]
    judged = judge_rows(first, second, config.judge, verdicts or run_dir, purse=purse)
    name = config.model.name or config.model.kind
    results = results_of(config.task.name, name, judged.rows, judged.results, rules=config.task.vote_rules())
    notes = _notes(config, answered)
    manifests.finish(
        run_dir,
        record
        | ({} if purse is None else purse.report())
        | ({"shards": dict(answered.shards)} if answered.shards else {}),
        state="complete" if results.complete else "failures",
        asked=answered.asked,
        data=work.described(),
        notes=notes,
        calls=answered.calls,
        judge=judged.manifest,
    )
    _write_rows(run_dir / SAMPLES, judged.rows)
    if judged.exchanged:
        _write_rows(run_dir / EXCHANGED, judged.exchanged)
    write_json(run_dir / RESULTS, results.model_dump(mode="json"))
    _report(run_dir)
    _log(config, run_dir)
    _print(run_dir, results, judged.rows, notes)
    failures = sum(map(failed, judged.rows))
    return 3 if failures > config.run.max_error_rate * len(judged.rows) else 0


def already_complete(run_dir: Path) -> bool:
    """Whether the directory holds a run that left nothing to do."""
    return (run_dir / RESULTS).is_file() and read_results(run_dir).complete


def _write_rows(path: Path, rows: Sequence[Sample]) -> None:
    write_lines(path, (row.model_dump_json() + "\n" for row in rows))


def _notes(config: RunConfig, answered: Answered) -> list[str]:
    sample = ["data=sample is made for trying things out: not a MedQ-Bench result"]
    return [*(sample if config.data.source == "sample" else []), *answered.notes]


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
    results_tables(results)
    for line in (*judge_lines(results), *calibration_lines(results)):
        say(line)
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
