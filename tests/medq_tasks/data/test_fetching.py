"""Fetching, against a server that speaks the hub's addresses."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from medq_tasks.__main__ import main
from medq_tasks.data import fetch
from medq_tasks.data.lock import read_lock
from medq_tasks.errors import DataError, FetchError
from tests.medq_tasks.data.hub import BIG, FIRST, REPO, SECOND, Hub


@pytest.fixture(autouse=True)
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Downloads from 127.0.0.1, although the tests as a whole run offline."""
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setattr("medq_tasks.data.download.time.sleep", lambda seconds: None)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    server = Hub()
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_the_first_fetch_pins_the_commit_and_the_hashes(hub: Hub, cache: Path) -> None:
    done = fetch(cache=cache)
    folder = cache / "medq-bench"
    assert (folder / "medqbench_QA_dev.tsv").read_bytes() == BIG
    assert sorted(done.downloaded) == ["README.md", "medqbench_QA_dev.tsv"]
    lock = read_lock(folder)
    assert lock is not None
    assert (lock.repo, lock.revision, lock.asked) == (REPO, FIRST, "main")
    assert lock.files["medqbench_QA_dev.tsv"].sha256 == hashlib.sha256(BIG).hexdigest()


def test_a_later_fetch_verifies_without_network(hub: Hub, cache: Path) -> None:
    fetch(cache=cache)
    hub.asked.clear()
    hub.status = 500
    done = fetch(cache=cache)
    assert (hub.asked, done.downloaded, len(done.verified)) == ([], (), 2)


def test_a_new_commit_is_taken_only_with_update(hub: Hub, cache: Path) -> None:
    fetch(cache=cache)
    hub.commits[SECOND] = {"medqbench_QA_dev.tsv": BIG[::-1], "README.md": b"# MedQ"}
    hub.main = SECOND
    assert fetch(cache=cache).lock.revision == FIRST
    with pytest.raises(DataError, match="add --update"):
        fetch(cache=cache, revision=SECOND)
    done = fetch(cache=cache, update=True)
    assert (done.lock.revision, done.changed) == (SECOND, ("medqbench_QA_dev.tsv",))
    assert (cache / "medq-bench" / "medqbench_QA_dev.tsv").read_bytes() == BIG[::-1]


@pytest.mark.parametrize("damage", ["edited", "deleted", "truncated"])
def test_a_damaged_file_is_downloaded_again_at_the_same_commit(hub: Hub, cache: Path, damage: str) -> None:
    fetch(cache=cache)
    path = cache / "medq-bench" / "medqbench_QA_dev.tsv"
    if damage == "deleted":
        path.unlink()
    else:
        path.write_bytes(b"other" if damage == "edited" else BIG[:-1])
    hub.commits[SECOND] = {"medqbench_QA_dev.tsv": b"newer", "README.md": b"newer"}
    hub.main = SECOND
    done = fetch(cache=cache)
    assert (done.downloaded, done.verified) == (("medqbench_QA_dev.tsv",), ("README.md",))
    assert path.read_bytes() == BIG


def test_other_contents_at_the_same_commit_are_refused(hub: Hub, cache: Path) -> None:
    fetch(cache=cache)
    path = cache / "medq-bench" / "medqbench_QA_dev.tsv"
    path.unlink()
    hub.commits[FIRST]["medqbench_QA_dev.tsv"] = BIG[::-1]
    with pytest.raises(FetchError, match=r"has changed at the same commit.*--update"):
        fetch(cache=cache)
    assert not path.exists()
    assert fetch(cache=cache, update=True).changed == ("medqbench_QA_dev.tsv",)


def test_bytes_that_are_not_the_declared_ones_are_refused(hub: Hub, cache: Path) -> None:
    hub.lie = BIG[::-1]
    with pytest.raises(FetchError, match="arrived with the hash"):
        fetch(cache=cache)
    assert not (cache / "medq-bench" / "medqbench_QA_dev.tsv").exists()
    assert read_lock(cache / "medq-bench") is None


def test_a_broken_connection_is_taken_up_where_it_broke(hub: Hub, cache: Path) -> None:
    hub.cut_after = hub.cut_next = 300_000
    fetch(cache=cache)
    assert (cache / "medq-bench" / "medqbench_QA_dev.tsv").read_bytes() == BIG
    starts = [line.split("bytes=")[1] for line in hub.asked if "bytes=" in line]
    assert starts == ["300000-", "600000-", "900000-"]


def test_a_later_fetch_goes_on_where_an_earlier_one_gave_up(hub: Hub, cache: Path) -> None:
    hub.cut_after, hub.cut_next = 300_000, 0
    with pytest.raises(FetchError, match="run the same command again, it goes on where it stopped"):
        fetch(cache=cache)
    assert not (cache / "medq-bench" / "medqbench_QA_dev.tsv").exists()
    hub.cut_after = None
    hub.asked.clear()
    fetch(cache=cache)
    assert (cache / "medq-bench" / "medqbench_QA_dev.tsv").read_bytes() == BIG
    assert [line.split("bytes=")[1] for line in hub.asked if "bytes=" in line] == ["300000-"]
    assert list((cache / "medq-bench").glob("*.part")) == []


def test_a_server_without_ranges_begins_again(hub: Hub, cache: Path) -> None:
    hub.cut_after, hub.ranges = 300_000, False
    fetch(cache=cache)
    assert (cache / "medq-bench" / "medqbench_QA_dev.tsv").read_bytes() == BIG


def test_a_server_that_fails_for_a_while_is_asked_again(hub: Hub, cache: Path) -> None:
    hub.failures = [503, 429, 500]
    assert len(fetch(cache=cache).downloaded) == 2
    assert hub.failures == []


def test_only_the_included_names_are_fetched_and_more_can_follow(hub: Hub, cache: Path) -> None:
    assert fetch(cache=cache, include=["*.md"]).downloaded == ("README.md",)
    hub.commits[SECOND] = {"README.md": b"newer"}
    hub.main = SECOND
    assert fetch(cache=cache, include=["*_dev.tsv"]).downloaded == ("medqbench_QA_dev.tsv",)
    assert sorted(fetch(cache=cache).verified) == ["README.md", "medqbench_QA_dev.tsv"]
    with pytest.raises(DataError, match=r"expected files named \*\.zip"):
        fetch(cache=cache, include=["*.zip"])


@pytest.mark.parametrize(("status", "message"), [(404, "not found on"), (403, "access must be asked for")])
def test_a_data_set_that_cannot_be_read_is_bad_input(hub: Hub, cache: Path, status: int, message: str) -> None:
    hub.status = status
    with pytest.raises(DataError, match=message):
        fetch(cache=cache)


def test_an_unknown_revision_or_data_set_is_bad_input(hub: Hub, cache: Path) -> None:
    with pytest.raises(DataError, match="the revision 'v9'"):
        fetch(cache=cache, revision="v9")
    with pytest.raises(DataError, match="expected one of medq-bench, medq-deg"):
        fetch(cache=cache, dataset="imagenet")


def test_a_name_that_leaves_the_folder_is_refused(hub: Hub, cache: Path) -> None:
    hub.commits[FIRST]["../evil.tsv"] = b"x"
    with pytest.raises(DataError, match=r"expected names inside the data set, got '\.\./evil\.tsv'"):
        fetch(cache=cache)


def test_no_network_is_one_clear_line_and_exit_code_1(
    cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert main(["fetch", "--cache", str(cache)]) == 1
    error = capsys.readouterr().err
    assert "http://127.0.0.1:9: jiyaoliufd/MedQ-Bench could not be downloaded" in error
    assert "run the same command again" in error
    assert error.count("\n") == 1


def test_offline_by_choice_says_so(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(FetchError, match="HF_HUB_OFFLINE is set"):
        fetch(cache=cache)


def test_the_command_prints_folder_commit_and_counts(hub: Hub, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "--cache", str(cache), "--revision", FIRST]) == 0
    assert f"{cache / 'medq-bench'}: {REPO} at {FIRST}, 2 downloaded, 0 verified" in capsys.readouterr().out


def start(hub: Hub, cache: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {key: value for key, value in os.environ.items() if key != "HF_HUB_OFFLINE"}
    command = [sys.executable, "-m", "medq_tasks", "fetch", "--cache", str(cache), *arguments]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, env={**environment, "HF_ENDPOINT": hub.url})


def test_two_processes_on_one_cache_download_each_file_once(hub: Hub, cache: Path) -> None:
    hub.latency_s = 0.3
    processes = [start(hub, cache) for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert len([line for line in hub.asked if "/resolve/" in line]) == 2
    assert sorted("2 downloaded, 0 verified" in text for text in said) == [False, True]
    assert sum("waiting for another fetch" in text and "0 downloaded, 2 verified" in text for text in said) == 1


def test_a_fetch_that_was_killed_holds_nobody_up(hub: Hub, cache: Path) -> None:
    hub.latency_s = 5
    first = start(hub, cache)
    while not hub.asked and first.poll() is None:
        time.sleep(0.01)
    first.kill()
    first.wait(timeout=30)
    hub.latency_s = 0
    lines: list[str] = []
    assert len(fetch(cache=cache, report=lines.append).downloaded) == 2
    assert not [line for line in lines if "waiting" in line]
