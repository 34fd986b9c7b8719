"""Processes that carry a mark, and the process that ends them."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid

import pytest

from medq.models.vllm import keeper
from medq.models.vllm.keeper import MARK, Keeper, end, marked

WAITS = "import signal, sys, time; {}print(flush=True); time.sleep(600)"
STUBBORN = "signal.signal(signal.SIGTERM, signal.SIG_IGN); "


def started(mark: str, first: str = "") -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", WAITS.format(first)], env={**os.environ, MARK: mark}, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def test_only_processes_with_the_mark_are_ended_also_those_that_do_not_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "GRACE_S", 0.3)
    mark, another = uuid.uuid4().hex, uuid.uuid4().hex
    mine, stubborn, other = started(mark), started(mark, STUBBORN), started(another)
    try:
        assert sorted(marked(mark)) == sorted((mine.pid, stubborn.pid))
        end(mark)
        assert (mine.wait(10), stubborn.wait(10)) == (-15, -9)
        assert other.poll() is None
    finally:
        for process in (mine, stubborn, other):
            process.kill()
            process.communicate()


def test_releasing_a_keeper_ends_what_was_started_after_it_and_takes_the_mark_away() -> None:
    before = subprocess.Popen(["sleep", "600"])
    held = Keeper()
    after = subprocess.Popen(["sleep", "600"])
    try:
        held.release()
        assert MARK not in os.environ
        assert after.wait(20) == -15
        assert before.poll() is None
    finally:
        for process in (before, after):
            process.kill()
            process.wait()
