"""A multirun as one thing: where it goes on after a kill, and one table at its end."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hydra.core.utils import JobReturn, JobStatus
from hydra.experimental.callback import Callback
from hydra.types import RunMode
from omegaconf import DictConfig

from medq.records import RESULTS, read_results
from medq.run.write import write_json, write_text

STATE = "sweep.json"
SUMMARY = "summary.json"
# The exit code of a run, by its number: it may have been a job on another machine.
EXIT_CODES = ".exit_code_{}"


class SweepSummary(Callback):  # type: ignore[misc]  # hydra gives no types
    """Marks a sweep's folder at its start; at its end prints the results of its runs and writes them beside them."""

    def on_multirun_start(self, config: DictConfig, **kwargs: Any) -> None:
        """Hydra calls this once, before the first run."""
        folder = Path(config.hydra.sweep.dir)
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(EXIT_CODES.format("*")):
            old.unlink()
        write_json(folder / STATE, {"arguments": _without_directory(sys.argv[1:]), "finished": False})

    def on_job_end(self, config: DictConfig, job_return: JobReturn, **kwargs: Any) -> None:
        """Hydra calls this after each run, in the process of the run."""
        if config.hydra.mode == RunMode.MULTIRUN and job_return.status == JobStatus.COMPLETED:
            path = Path(config.hydra.sweep.dir) / EXIT_CODES.format(config.hydra.job.num)
            write_text(path, str(job_return.return_value))

    def on_multirun_end(self, config: DictConfig, **kwargs: Any) -> None:
        """Hydra calls this once, after the last run."""
        from medq.compose import take_codes
        from medq.shown.sweep import sweep_table

        folder = Path(config.hydra.sweep.dir)
        take_codes(int(path.read_text(encoding="ascii")) for path in folder.glob(EXIT_CODES.format("*")))
        runs = sorted(folder.glob(f"*/{RESULTS}"), key=_number)
        rows = [(path.parent, read_results(path.parent)) for path in runs]
        write_json(folder / SUMMARY, [{"run": run.name, **results.model_dump(mode="json")} for run, results in rows])
        write_json(folder / STATE, {"arguments": _without_directory(sys.argv[1:]), "finished": True})
        sweep_table(rows, folder)


def lost_job(error: BaseException) -> str | None:
    """What is said of a run of a sweep whose own job died without a word; None for any other error."""
    if not type(error).__module__.startswith("submitit."):
        return None
    said = (str(error).splitlines() or ["it says nothing"])[0]
    return (
        f"a job of the sweep ended without a result ({said}): the other jobs go on; "
        "when they have ended, the same command goes on with what is left"
    )


def unfinished_sweep(arguments: Sequence[str], root: Path) -> Path | None:
    """The newest folder of a sweep with these arguments that was begun and not ended; None where there is none."""
    for path in sorted(root.glob(f"*/*-sweep/{STATE}"), reverse=True):
        state = json.loads(path.read_text(encoding="utf-8"))
        if state["arguments"] == sorted(arguments):
            return None if state["finished"] else path.parent
    return None


def _without_directory(arguments: Sequence[str]) -> list[str]:
    return sorted(argument for argument in arguments if not argument.startswith("hydra.sweep.dir="))


def _number(path: Path) -> tuple[int, str]:
    head = path.parent.name.split("-", 1)[0]
    return (int(head) if head.isdigit() else 10**6, path.parent.name)
