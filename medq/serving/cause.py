"""Why a server died, as one line: a cause that is known, with what to do; else the line of its log that says most."""

from __future__ import annotations

import re
import signal
from collections.abc import Sequence
from pathlib import Path

TAIL_BYTES = 2**18
LINE_CHARS = 300
# In the order of how much they explain; engines print many errors that only follow from another one.
_KNOWN: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern, re.IGNORECASE), advice)
    for pattern, advice in (
        (
            r"CUDA out of memory|OutOfMemoryError|No available memory for the cache blocks|Not enough memory",
            "give hardware.gpus_per_model more GPUs, or hardware.server.args a smaller --max-model-len",
        ),
        (r"address already in use", "leave hardware.server.port null for a free one"),
        (r"No module named '(vllm|sglang)\b", "install the engine, or give hardware.server.command"),
        (r"gated repo|401 Client Error|Access to model .* is restricted", "export HF_TOKEN of an account with access"),
        (r"unrecognized arguments|error: argument ", "check served arguments of the model and hardware.server.args"),
        (r"No CUDA GPUs are available|NVIDIA driver|No CUDA-capable device", "run it where a GPU can be used"),
    )
)
_ERROR = re.compile(r"\b(\w+(Error|Exception)|error|fatal|failed|killed|no such file)\b", re.IGNORECASE)
_FOLLOWS = re.compile(r"Engine core initialization failed|See root cause|Engine process failed to start|leaked")
_NOISE = re.compile(r"^[\s\W]*$|^\s+File \"|^Traceback ")


def cause_of_death(log: Path, *, offset: int = 0, status: int | None = None) -> str:
    """The cause behind a server's end, from what it wrote to `log` after byte `offset` and its exit `status`."""
    lines = _tail(log, offset)
    for pattern, advice in _KNOWN:
        for line in reversed(lines):
            if pattern.search(line):
                return f"{_short(line)}; {advice}"
    errors = [line for line in lines if _ERROR.search(line) and not _FOLLOWS.search(line)]
    said = _short((errors or lines or [""])[-1])
    return "; ".join(part for part in (_ended(status), said) if part)


def last_line(log: Path, *, offset: int = 0) -> str:
    """The last line that says something; empty where there is none."""
    return _short(["", *_tail(log, offset)][-1])


def _tail(log: Path, offset: int) -> list[str]:
    try:
        with log.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(offset, size - TAIL_BYTES))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return []
    return [line for line in re.split(r"[\r\n]+", text) if not _NOISE.match(line)]


def _short(line: str) -> str:
    words = " ".join(line.split())
    return words if len(words) <= LINE_CHARS else f"...{words[-LINE_CHARS:]}"


def _ended(status: int | None) -> str:
    if status is None:
        return ""
    if status <= 128:
        return f"it ended with status {status}"
    name = signal.Signals(status - 128).name if status - 128 in set(signal.Signals) else str(status - 128)
    killer = ", perhaps by the machine for want of memory" if name == "SIGKILL" else ""
    return f"it was killed by {name}{killer}"
