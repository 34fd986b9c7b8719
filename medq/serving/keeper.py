"""A small process between medq and an engine: it ends the engine when medq ends, in whatever way medq does.

`python -m medq.serving.keeper LOG COMMAND...` runs the command in a process group of its own, writes its output to
LOG without credentials, and holds on to its own standard input. The end of that input, which comes with the death of
the process at its other end as well, stops the whole group: SIGTERM, after `GRACE_S` SIGKILL.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from medq.secrets import redact

GRACE_S = 10.0
NOT_FOUND = 127
_CHUNK_BYTES = 2**16
_LONGEST_LINE_BYTES = 2**20
_LAST_WORDS_S = 2.0
_PR_SET_PDEATHSIG = 1


def main(arguments: Sequence[str]) -> int:
    """The command's exit status, 128 + n where signal n ended it, 0 where it was stopped on purpose."""
    log, command = Path(arguments[0]), list(arguments[1:])
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    try:
        engine = _start(command)
    except OSError as error:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{command[0]}: {error.strerror}\n")
        return NOT_FOUND
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: _stop_aside(engine.pid, stopping))
    assert engine.stdout is not None
    writer = threading.Thread(target=_write, args=(engine.stdout, log), daemon=True)
    writer.start()
    threading.Thread(target=_stop_at_the_end_of_input, args=(engine.pid, stopping), daemon=True).start()
    # Not reaped before its group is dead: a group's number is not given away while its leader is there.
    os.waitid(os.P_PID, engine.pid, os.WEXITED | os.WNOWAIT)
    _signal_group(engine.pid, signal.SIGKILL)
    status = engine.wait()
    writer.join(_LAST_WORDS_S)
    if stopping.is_set():
        return 0
    return status if status >= 0 else 128 - status


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_die_with_the_keeper if sys.platform == "linux" else None,  # noqa: PLW1509  one thread so far
    )


def _die_with_the_keeper() -> None:
    """In the engine, before it begins: Linux kills it when this keeper is killed."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _stop_at_the_end_of_input(group: int, stopping: threading.Event) -> None:
    # Not through sys.stdin, whose lock a thread that waits would hold while the interpreter ends.
    while os.read(0, 1):
        continue
    _stop(group, stopping)


def _stop_aside(group: int, stopping: threading.Event) -> None:
    threading.Thread(target=_stop, args=(group, stopping), daemon=True).start()


def _stop(group: int, stopping: threading.Event) -> None:
    stopping.set()
    _signal_group(group, signal.SIGTERM)
    timer = threading.Timer(GRACE_S, _signal_group, (group, signal.SIGKILL))
    timer.daemon = True
    timer.start()


def _signal_group(group: int, number: signal.Signals) -> None:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # macOS says the latter of a group of zombies
        return


def _write(stream: IO[bytes], log: Path) -> None:
    """Whole lines only, so that no credential is cut in two; a progress bar's carriage return ends a line as well."""
    rest = b""
    with log.open("ab") as file:
        while chunk := os.read(stream.fileno(), _CHUNK_BYTES):
            rest += chunk
            end = max(rest.rfind(b"\n"), rest.rfind(b"\r")) + 1
            if not end and len(rest) > _LONGEST_LINE_BYTES:
                end = len(rest)
            file.write(redact(rest[:end].decode("utf-8", "replace")).encode())
            file.flush()
            rest = rest[end:]
        file.write(redact(rest.decode("utf-8", "replace")).encode())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
