"""Weights & Biases, at arm's length: in a process of its own, with a time limit, after the files are written.

The run is first logged offline inside its directory, which needs no network; then, where there is a key, it is
uploaded. A broken, slow or missing service can therefore neither change a file of the run, nor its exit code, nor
lose what was logged: `wandb sync` uploads it later.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol

from medq.secrets import redact

FOLDER = "wandb"
LOGGED_IN_HOSTS = ("api.wandb.ai", "api.forge.coreweave.com")
GRACE_S = 2.0  # for the processes of a run that was ended to let go of its files
NOTE_CHARS = 300


class WandbSettings(Protocol):
    """What `logger=wandb` configures. `mode` None: online where there is a key, offline otherwise."""

    @property
    def project(self) -> str: ...
    @property
    def entity(self) -> str | None: ...
    @property
    def group(self) -> str | None: ...
    @property
    def tags(self) -> Sequence[str]: ...
    @property
    def mode(self) -> Literal["online", "offline"] | None: ...
    @property
    def timeout_s(self) -> float: ...


def log_run(run_dir: Path, settings: WandbSettings) -> str | None:
    """Logs a finished run; returns None when it worked, else one line on what did not and what to do.

    Takes at most `settings.timeout_s` and a little; never raises for what W&B, the network or the disk does.
    """
    deadline = time.monotonic() + settings.timeout_s
    options = {
        "project": settings.project,
        "entity": settings.entity,
        "group": settings.group,
        "tags": list(settings.tags),
    }
    environment = _environment(run_dir)
    session = [sys.executable, "-m", "medq.log.session", str(run_dir), json.dumps(options)]
    failure = _limited(session, environment, deadline)
    if failure is not None:
        return f"W&B: not logged, {failure}; the run's files are complete without it"
    if not _is_online(settings, environment):
        return None
    logged = max((run_dir / FOLDER).glob("offline-run-*"), key=lambda path: path.stat().st_mtime, default=None)
    if logged is None:
        return f"W&B: not uploaded, no offline run was found under {run_dir / FOLDER}"
    failure = _limited([sys.executable, "-m", "wandb", "sync", "--yes", str(logged)], environment, deadline)
    return None if failure is None else f"W&B: logged offline and not uploaded, {failure}; later: wandb sync {logged}"


def _environment(run_dir: Path) -> dict[str, str]:
    """The environment with every folder of W&B inside the run, so that copying the run copies all of it."""
    inside = run_dir.resolve() / FOLDER
    return {
        **os.environ,
        "WANDB_DIR": str(run_dir.resolve()),
        "WANDB_DATA_DIR": str(inside / "data"),
        "WANDB_CACHE_DIR": str(inside / "cache"),
        "WANDB_CONFIG_DIR": str(inside / "config"),
        "WANDB_ARTIFACT_DIR": str(inside / "artifacts"),
        "WANDB_SILENT": "true",
        "WANDB_ERROR_REPORTING": "false",
    }


def _is_online(settings: WandbSettings, environment: Mapping[str, str]) -> bool:
    if settings.mode is not None:
        return settings.mode == "online"
    if environment.get("WANDB_MODE", "online") != "online":
        return False
    return bool(environment.get("WANDB_API_KEY", "").strip()) or _is_logged_in()


def _is_logged_in() -> bool:
    """Whether `wandb login` has left a key in the user's netrc file."""
    import netrc

    try:
        found = netrc.netrc()
    except (OSError, netrc.NetrcParseError):
        return False
    return any(found.authenticators(host) for host in LOGGED_IN_HOSTS)


def _limited(command: Sequence[str], environment: Mapping[str, str], deadline: float) -> str | None:
    """Runs a command until the deadline; None when it ended well, else why it did not, in a few words."""
    limit = max(0.1, deadline - time.monotonic())
    try:
        child = subprocess.Popen(
            command, env=dict(environment), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        return f"no process could be started ({error.strerror})"
    try:
        printed, _ = child.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        _end(child)
        return "the time limit logger.timeout_s was reached"
    return None if child.returncode == 0 else _last_line(printed, child.returncode)


def _end(child: subprocess.Popen[str]) -> None:
    """Ends the process with all that it started, W&B's own service included."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    try:
        child.communicate(timeout=GRACE_S)
    except subprocess.TimeoutExpired:
        child.kill()


def _last_line(printed: str, code: int) -> str:
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    return redact(lines[-1])[:NOTE_CHARS] if lines else f"its process ended with code {code}"
