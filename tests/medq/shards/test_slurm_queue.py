"""Jobs of a run are remembered in its directory; the queue says which of them are left."""

from __future__ import annotations

from pathlib import Path

import pytest

from medq.shards.slurm_queue import note_submitted, still_queued


@pytest.fixture
def run_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run, with a `squeue` that knows job 12 alone: to Slurm a job that is gone for good is an error."""
    program = tmp_path / "squeue"
    program.write_text('#!/bin/sh\ntest "$3" = 12 && echo 12_0 gpu medq || { echo Invalid job id >&2; exit 1; }\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    (tmp_path / "run" / "slurm").mkdir(parents=True)
    return tmp_path / "run"


def test_only_jobs_that_wait_or_run_are_left(run_dir: Path) -> None:
    note_submitted(run_dir, ["11", "12"])
    assert still_queued(run_dir) == ("12",)


def test_a_run_without_jobs_has_none(run_dir: Path) -> None:
    assert still_queued(run_dir) == ()


def test_a_machine_without_slurm_knows_of_none(run_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note_submitted(run_dir, ["12"])
    monkeypatch.setenv("PATH", "")
    assert still_queued(run_dir) == ()
