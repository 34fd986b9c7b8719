"""One shard by itself: what it refuses, and what it asks."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from medq.journal import Journal
from medq.run import manifest
from medq.run.model import run_model
from medq.schema import RunConfig
from medq.shards import Shard, ShardEnd, ShardJob, ShardStopped, shard_of
from medq.shards.asked import read_asked
from medq.shards.folder import ShardFiles
from medq.shards.run import outcome_of
from tests.medq.shards.configured import configured

Items = Callable[[int], Path]
ITEMS = 20


@pytest.fixture
def job(tmp_path: Path, items_file: Items) -> Iterator[ShardJob]:
    """Shard 1 of 2 of a run that has begun; the working directory is put back."""
    before = Path.cwd()
    config = configured(
        "+task=perception", "data=local", f"data.path={items_file(ITEMS)}", "model=random", "task.runs=2"
    )
    config = begun(config, tmp_path / "run")
    yield ShardJob(config, tmp_path / "run", tmp_path, 1, Shard(1, 2))
    os.chdir(before)


def begun(config: RunConfig, run_dir: Path) -> RunConfig:
    (run_dir / "shards").mkdir(parents=True)
    manifest.begin(run_dir, config, run_model(config), None)
    return config


def stopped(job: ShardJob) -> ShardStopped:
    outcome = outcome_of(job)
    assert isinstance(outcome, ShardStopped)
    return outcome


def test_a_shard_asks_all_votes_of_its_items_and_no_other(job: ShardJob) -> None:
    mine = {f"q{n}" for n in range(ITEMS) if shard_of("perception", f"q{n}", 2) == 1}
    end = outcome_of(job)
    assert isinstance(end, ShardEnd)
    assert (end.questions, end.answered, end.failed, end.from_journal) == (2 * len(mine), 2 * len(mine), 0, 0)
    looked = read_asked([ShardFiles(job.run_dir, job.shard).asked])
    assert {one.item for one in looked.values()} == mine
    assert sorted(looked) == [2 * n + vote for n in range(ITEMS) if f"q{n}" in mine for vote in (0, 1)]


def test_what_the_run_s_journal_or_its_own_answers_is_not_asked_again(job: ShardJob) -> None:
    files = ShardFiles(job.run_dir, job.shard)
    first = outcome_of(job)
    files.journal.replace(job.run_dir / "journal.sqlite")
    second, third = outcome_of(job), outcome_of(job)
    assert isinstance(first, ShardEnd) and isinstance(second, ShardEnd) and isinstance(third, ShardEnd)
    assert second.from_journal == third.from_journal == first.answered
    with Journal(files.journal) as journal:
        assert journal.count() == 0
    assert third.restarts == 2


def test_a_machine_that_does_not_see_the_run_says_so_in_one_line(job: ShardJob, tmp_path: Path) -> None:
    outcome = stopped(replace(job, run_dir=tmp_path / "elsewhere"))
    assert outcome.error == "ConfigError"
    assert "shards need a file system that all nodes share" in outcome.message
    missing = stopped(replace(job, folder=tmp_path / "nowhere"))
    assert "does not see" in missing.message
    assert "shards need a file system that all nodes share" in missing.message


def test_a_run_of_another_configuration_is_not_touched(job: ShardJob) -> None:
    other = job.config.model_copy(update={"run": job.config.run.model_copy(update={"seed": 1})})
    assert "another configuration" in stopped(replace(job, config=other)).message


def test_a_job_left_over_from_an_earlier_session_does_nothing(job: ShardJob) -> None:
    path = job.run_dir / "manifest.json"
    content = json.loads(path.read_text())
    path.write_text(json.dumps({**content, "sessions": [*content["sessions"], {}]}))
    assert "left over" in stopped(job).message
    assert not ShardFiles(job.run_dir, job.shard).journal.exists()
