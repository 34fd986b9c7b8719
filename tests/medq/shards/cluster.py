"""A Ray cluster of real nodes on loopback, each in a session of its own, so that one can be killed alone."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_S = 60


@dataclass(frozen=True)
class Cluster:
    """`address` and `environment` are for the driver; `nodes` are the processes, the head first."""

    address: str
    environment: dict[str, str]
    nodes: tuple[subprocess.Popen[bytes], ...]


@contextmanager
def cluster(cpus: int) -> Iterator[Cluster]:
    """Two nodes with that many CPUs each; none of their processes is left when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="medq-ray-", dir="/tmp"))  # paths of Unix sockets must be short
    token = folder / "token"
    token.write_text(secrets.token_hex(32))
    environment = {
        "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN_PATH": str(token), "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_health_check_initial_delay_ms": "0", "RAY_health_check_period_ms": "500",
        "RAY_health_check_timeout_ms": "2000", "RAY_health_check_failure_threshold": "2",
    }  # fmt: skip
    port = _free_port()
    nodes = []
    try:
        nodes.append(
            _start(folder, environment, "--head", f"--port={port}", f"--num-cpus={cpus}", "--include-dashboard=false")
        )
        _wait(nodes[0], folder, 1)
        nodes.append(_start(folder, environment, f"--address=127.0.0.1:{port}", f"--num-cpus={cpus}"))
        _wait(nodes[1], folder, 2)
        yield Cluster(f"127.0.0.1:{port}", environment, tuple(nodes))
    finally:
        for node in nodes:
            kill(node)
        shutil.rmtree(folder, ignore_errors=True)


def kill(node: subprocess.Popen[bytes]) -> None:
    """SIGKILL to all processes of a node, which are those of its session."""
    for _ in range(50):
        members = processes(node)
        if not members:
            break
        for member in members:
            try:
                os.kill(member, signal.SIGKILL)
            except ProcessLookupError:
                continue
        node.poll()
        time.sleep(0.05)


def processes(node: subprocess.Popen[bytes]) -> list[int]:
    """The processes of a node."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, _, session = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
            except (OSError, ValueError):
                continue
            if int(session) == node.pid and state != "Z":
                found.append(int(entry.name))
    return found


def command(pid: int) -> bytes:
    """The command line of a process, by which Ray's workers say what they do."""
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""


def _start(folder: Path, environment: dict[str, str], *options: str) -> subprocess.Popen[bytes]:
    ray = str(Path(sys.executable).with_name("ray"))
    command = [
        ray,
        "start",
        "--block",
        "--disable-usage-stats",
        "--node-ip-address=127.0.0.1",
        f"--temp-dir={folder}",
        *options,
    ]
    with (folder / "nodes.log").open("ab") as log:
        return subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, **environment}, start_new_session=True
        )


def _wait(node: subprocess.Popen[bytes], folder: Path, nodes: int) -> None:
    deadline = time.monotonic() + START_S
    log = folder / "nodes.log"
    while log.read_text().count("Ray runtime started.") < nodes:
        assert node.poll() is None and time.monotonic() < deadline, log.read_text()[-2000:]
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
