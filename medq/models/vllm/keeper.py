"""A small process that ends vLLM's own processes when medq has ended, in whatever way medq did.

They are known by a mark in the environment that they were started with. The end of the keeper's standard input, which
comes with the death of medq as well, has it send them SIGTERM, and SIGKILL to those that are there after `GRACE_S`.
Run as a file, `python keeper.py MARK`, it imports nothing of medq. It does nothing where there is no /proc.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

MARK = "MEDQ_VLLM_OF"
GRACE_S = 10.0
POLL_S = 0.1


class Keeper:
    """From here on, processes that this one starts afresh end with it, or when `release` is called."""

    def __init__(self) -> None:
        mark = uuid.uuid4().hex
        # Not the mark itself, or it would end itself.
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve()), mark],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        os.environ[MARK] = mark

    def release(self) -> None:
        """Has the processes ended, without waiting."""
        os.environ.pop(MARK, None)
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.poll()


def marked(mark: str) -> Iterator[int]:
    """The processes of this user that were started with the mark."""
    entry = f"{MARK}={mark}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:  # ended by now, or somebody else's
            continue
        if entry in environment.split(b"\0"):
            yield int(folder.name)


def end(mark: str) -> None:
    """Ends all that carry the mark."""
    for process in marked(mark):
        _signal(process, signal.SIGTERM)
    deadline_s = time.monotonic() + GRACE_S
    while (left := list(marked(mark))) and time.monotonic() < deadline_s:
        time.sleep(POLL_S)
    for process in left:
        _signal(process, signal.SIGKILL)


def main() -> None:
    """Waits for the end of the input, and ends what carries the mark of the first argument."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    while os.read(0, 1):
        continue
    end(sys.argv[1])


def _signal(process: int, number: signal.Signals) -> None:
    try:
        os.kill(process, number)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    main()
