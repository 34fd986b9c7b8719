"""The keeper ends what it keeps: at the end of its input, at SIGTERM, and when it is killed itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Until = Callable[[Callable[[], bool], str], None]
Alive = Callable[[int], bool]
ENGINE = "sleep 600 & echo $$ $!; echo the key is $MEDQ_SERVER_API_KEY; wait"


@pytest.fixture
def keep(tmp_path: Path) -> Callable[[str], subprocess.Popen[bytes]]:
    """Starts a keeper of a shell line, its log in `tmp_path / "log"`."""

    def run(line: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "medq.serving.keeper", str(tmp_path / "log"), "sh", "-c", line],
            stdin=subprocess.PIPE, env={**os.environ, "MEDQ_SERVER_API_KEY": "never-to-be-written"},
        )  # fmt: skip

    return run


def processes(log: Path, wait_until: Until) -> list[int]:
    wait_until(lambda: log.exists() and log.read_text().count("\n") >= 2, "the first lines of the log")
    return [int(number) for number in log.read_text().split("\n")[0].split()]


@pytest.mark.parametrize("way", ["input", "term"])
def test_the_whole_group_ends_with_the_input_and_at_sigterm(
    way: str, tmp_path: Path, keep: Callable[[str], subprocess.Popen[bytes]], wait_until: Until, is_alive: Alive
) -> None:
    keeper = keep(ENGINE)
    kept = processes(tmp_path / "log", wait_until)
    assert all(map(is_alive, kept))
    if way == "input":
        keeper.communicate(timeout=30)
    else:
        keeper.send_signal(signal.SIGTERM)
        keeper.wait(timeout=30)
    assert keeper.returncode == 0
    wait_until(lambda: not any(map(is_alive, kept)), "the end of the group")


def test_a_killed_keeper_takes_its_engine_along(
    tmp_path: Path, keep: Callable[[str], subprocess.Popen[bytes]], wait_until: Until, is_alive: Alive
) -> None:
    keeper = keep(ENGINE)
    leader, child = processes(tmp_path / "log", wait_until)
    keeper.kill()
    keeper.wait(timeout=30)
    wait_until(lambda: not is_alive(leader), "the end of the engine")
    os.kill(child, signal.SIGKILL)


def test_the_log_holds_the_output_without_the_key(
    tmp_path: Path, keep: Callable[[str], subprocess.Popen[bytes]]
) -> None:
    keeper = keep("echo the key is $MEDQ_SERVER_API_KEY; printf 'without an end'; exit 3")
    assert keeper.wait(timeout=30) == 3
    assert (tmp_path / "log").read_text() == "the key is [secret]\nwithout an end"


def test_the_signal_that_ended_an_engine_can_be_told(keep: Callable[[str], subprocess.Popen[bytes]]) -> None:
    assert keep("kill -9 $$").wait(timeout=30) == 128 + signal.SIGKILL


def test_a_program_that_is_not_there_is_told_in_the_log(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "medq.serving.keeper", str(tmp_path / "log"), "/no/such/engine"],
        stdin=subprocess.DEVNULL, check=False, timeout=30,
    )  # fmt: skip
    assert done.returncode == 127
    assert (tmp_path / "log").read_text() == "/no/such/engine: No such file or directory\n"
