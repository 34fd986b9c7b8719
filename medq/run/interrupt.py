"""Ctrl-C and SIGTERM: cancel what is awaited, keep what is answered, and leave in any case."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from medq.errors import Interrupted
from medq.journal import Journal
from medq.terminal import say_error

GRACE_S = 1.5


@contextmanager
def cancelled_by_signals(journal: Journal, run_dir: Path) -> Iterator[None]:
    """Inside the block the current task is cancelled by SIGINT and SIGTERM; what comes out of it is `Interrupted`.

    A thread that does not let go (a decode, a slow library) cannot keep the process: after `GRACE_S` seconds the
    journal is closed and the process ends with the same code.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    timer = threading.Timer(GRACE_S, _leave, (journal, run_dir))
    timer.daemon = True

    def stop() -> None:
        task.cancel()
        if not timer.is_alive():
            timer.start()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    try:
        yield
    except asyncio.CancelledError:
        raise Interrupted("interrupted") from None


def how_to_resume(run_dir: Path) -> str:
    """The line that a stopped run ends with."""
    return f"what is answered is kept; the same command goes on where it stopped (or add run.dir={run_dir})"


def _leave(journal: Journal, run_dir: Path) -> None:
    journal.close()
    say_error(f"interrupted: {how_to_resume(run_dir)}")
    os._exit(Interrupted.exit_code)
