"""W&B gets all of a run, and nothing that W&B does can change the run."""

from __future__ import annotations

import hashlib
import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from medq.log import log_run
from tests.analysis.fake_run import failed, keep_images, reasoned, sample, unscored, write_run
from tests.medq.log.offline_run import Logged, read_offline_run, read_table

KEY = "0123456789abcdef0123456789abcdef01234567"


@dataclass(frozen=True)
class Settings:
    project: str = "medq-test"
    entity: str | None = None
    group: str | None = "sweep-1"
    tags: tuple[str, ...] = ("tag-a",)
    mode: str | None = None
    timeout_s: float = 60


@pytest.fixture(autouse=True)
def no_account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("WANDB_API_KEY", "WANDB_MODE", "WANDB_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def hanging_server() -> Iterator[str]:
    """Takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def accept() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        for connection in held:
            connection.close()


def files_of(run_dir: Path) -> dict[str, str]:
    return {
        str(path.relative_to(run_dir)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(run_dir.rglob("*"))
        if path.is_file() and "wandb" not in path.relative_to(run_dir).parts[0]
    }


def make_run(folder: Path) -> Path:
    rows = [*(sample(number) for number in range(8)), unscored(8), failed(9, latency_s=None, error=f"401 for {KEY}")]
    write_run(folder, keep_images(folder, rows))
    (folder / "journal.sqlite").write_bytes(b"journal")
    (folder / "report.html").write_text("<!doctype html>")
    return folder


@pytest.fixture(scope="module")
def logged_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Logged]:
    folder = make_run(tmp_path_factory.mktemp("logged"))
    before = files_of(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOME_PROVIDER_API_KEY", KEY)
        patch.setenv("NETRC", str(folder / "none"))
        patch.delenv("WANDB_API_KEY", raising=False)
        assert log_run(folder, Settings()) is None
    assert files_of(folder) == before
    return folder, read_offline_run(folder)


def test_config_aggregates_and_breakdowns_are_logged(logged_run: tuple[Path, Logged]) -> None:
    _, logged = logged_run
    assert (logged.run.project, logged.run.run_group, list(logged.run.tags)) == ("medq-test", "sweep-1", ["tag-a"])
    assert logged.config["model"] == {"id": "openai/test-model"}
    assert logged.config["manifest"]["git_commit"] == "0123abc"
    assert logged.summary["accuracy/n"] == 9
    assert logged.summary["accuracy/n_error"] == 1
    assert 0 <= logged.summary["question_type/what/accuracy"] <= 1
    assert logged.summary["integrity/bit_identical"] == 10
    table = read_table(logged, "breakdowns")
    assert table.columns[:4] == ["axis", "value", "metric", "mean"]
    assert ["all", "all", "accuracy"] in [row[:3] for row in table.rows]
    assert {row[0] for row in table.rows} >= {"all", "modality", "question_type", "degradation_level"}


def test_every_sample_is_in_the_table_with_its_image(logged_run: tuple[Path, Logged]) -> None:
    _, logged = logged_run
    table = read_table(logged, "samples")
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert [row["id"] for row in rows] == [f"q{number:04d}" for number in range(10)]
    assert rows[0]["prompt"].startswith("Please carefully observe")
    assert rows[0]["response"] == sample(0).response
    assert {row["state"] for row in rows} == {"scored", "unscored", "error"}
    assert rows[9]["response"] is None and rows[9]["latency_s"] is None
    for row in rows:
        assert table.pictures[row["image"]["path"]].read_bytes()[:3] == b"\xff\xd8\xff"
    assert len(table.pictures) == 5


def test_the_files_are_an_artifact_without_journal_and_secrets(logged_run: tuple[Path, Logged]) -> None:
    folder, logged = logged_run
    (artifact,) = [one for one in logged.artifacts if one.type == "run"]
    entries = {entry.path: Path(entry.local_path) for entry in artifact.manifest.contents}
    names = {name for name in entries if not name.startswith("images/")}
    assert names == {"config.yaml", "manifest.json", "results.json", "samples.jsonl", "report.html"}
    assert sum(name.startswith("images/") for name in entries) == 5
    assert KEY in (folder / "samples.jsonl").read_text()
    assert KEY not in entries["samples.jsonl"].read_text()


def test_no_file_of_wandb_holds_a_planted_key(logged_run: tuple[Path, Logged]) -> None:
    folder, _ = logged_run
    holding = [path for path in (folder / "wandb").rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert holding == []


def test_everything_of_wandb_lies_inside_the_run(logged_run: tuple[Path, Logged]) -> None:
    folder, logged = logged_run
    (artifact,) = [one for one in logged.artifacts if one.type == "run"]
    assert all(Path(entry.local_path).is_relative_to(folder) for entry in artifact.manifest.contents)
    assert (folder / "wandb" / "data").is_dir()


def test_the_machine_and_the_checkout_are_not_collected(logged_run: tuple[Path, Logged]) -> None:
    folder, logged = logged_run
    assert not list(folder.glob("wandb/offline-run-*/files/wandb-metadata.json"))
    assert not list(folder.glob("wandb/offline-run-*/files/requirements.txt"))
    assert logged.run.git.commit == ""


def test_judged_rows_with_missing_scores_can_be_logged(tmp_path: Path) -> None:
    rows = [reasoned(number) for number in range(3)] + [failed(4, task="reasoning"), reasoned(5, judge=None)]
    write_run(tmp_path / "run", rows, task="reasoning")
    assert log_run(tmp_path / "run", Settings()) is None
    table = read_table(read_offline_run(tmp_path / "run"), "samples")
    scores = [row[table.columns.index("judge_completeness")] for row in table.rows]
    assert scores[3:] == [None, None] and all(score in {0, 1, 2} for score in scores[:3])


def test_a_server_that_hangs_costs_the_time_limit_and_nothing_else(
    tmp_path: Path, hanging_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_API_KEY", KEY)
    monkeypatch.setenv("WANDB_BASE_URL", hanging_server)
    run_dir = make_run(tmp_path / "run")
    before = files_of(run_dir)
    note = log_run(run_dir, Settings(timeout_s=10))
    assert note is not None and "logged offline and not uploaded" in note and "wandb sync" in note
    assert KEY not in note and "\n" not in note
    assert files_of(run_dir) == before
    assert read_offline_run(run_dir).summary["accuracy/n"] == 9
    assert soon_without_processes(run_dir)


def test_a_time_limit_that_is_too_short_ends_every_process(tmp_path: Path) -> None:
    run_dir = make_run(tmp_path / "run")
    note = log_run(run_dir, Settings(timeout_s=0.5))
    assert note is not None and "time limit" in note
    assert soon_without_processes(run_dir)


def soon_without_processes(folder: Path) -> bool:
    """Whether nothing that was started for the run is left, a killed process being given a moment to vanish."""
    for _ in range(10):
        if not processes_that_mention(folder):
            return True
        time.sleep(0.1)
    return False


def processes_that_mention(folder: Path) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
        except OSError:
            continue
        if os.fsencode(folder) in environment and int(process.name) != os.getpid():
            found.append(process.name)
    return found


def test_a_folder_that_cannot_be_written_is_a_note(tmp_path: Path) -> None:
    run_dir = make_run(tmp_path / "run")
    (run_dir / "wandb").write_text("a file where W&B wants a folder")
    before = files_of(run_dir)
    note = log_run(run_dir, Settings())
    assert note is not None and note.startswith("W&B: not logged")
    assert files_of(run_dir) == before


def test_a_run_without_results_is_a_note(tmp_path: Path) -> None:
    note = log_run(tmp_path, Settings())
    assert note is not None and "results.json" in note and "\n" not in note
