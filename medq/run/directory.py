"""The directory of a run: a new one, or the unfinished one of the same configuration."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from medq.errors import ConfigError
from medq.records import CONFIG, MANIFEST, RESULTS
from medq.schema import RunConfig

LOCK = ".lock"
RECENT = 200
# What may differ between the two halves of one run: none of it can change an answer or a score.
FREE_KEYS = (
    "mode", "run.dir", "run.root", "run.resume", "run.budget_usd", "run.max_error_rate", "run.keep_images",
    "run.assumed_latency_s",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunDirectory:
    """Where a run writes. `resumed` says that it was begun before; `lock` is held until the process ends."""

    path: Path
    resumed: bool
    lock: IO[str]


def open_directory(config: RunConfig, *, stem: Path | None) -> RunDirectory:
    """The directory to run in, made and locked.

    `run.dir` where given; else the newest unfinished run under `run.root` with the same configuration; else a new
    one (`stem` in a multirun). Raises `ConfigError` where another process is running in it, or where `run.dir` holds
    a run of another configuration.
    """
    if config.run.dir is not None:
        return _given(config, config.run.dir)
    if config.run.resume and (unfinished := _unfinished(config)) is not None:
        return unfinished
    path = stem or _new_path(config)
    path.mkdir(parents=True, exist_ok=True)
    return RunDirectory(path, False, _must_lock(path))


def found_run(config: RunConfig) -> Path | None:
    """The run that the same command would go on with; None where it would begin a new one. Locks and makes nothing."""
    given = config.run.dir
    if given is not None:
        return given if (_read(given / MANIFEST) or {}).get("fingerprint") == fingerprint(config) else None
    return next(_unfinished_paths(config), None) if config.run.resume else None


def results_directory(config: RunConfig, run_dir: Path, before: Mapping[str, Any] | None) -> Path:
    """Where results go: the run itself, or, for another judge than its own, a directory of the same shape inside it."""
    own = (before or {}).get("judge_settings")
    if config.mode != "judge" or own == config.judge.model_dump(mode="json"):
        return run_dir
    target = run_dir / f"judged-{config.judge.name}"
    target.mkdir(exist_ok=True)
    if (run_dir / "images").exists() and not (target / "images").exists():
        (target / "images").symlink_to("../images", target_is_directory=True)
    return target


def fingerprint(config: RunConfig, *, judge: bool = True) -> str:
    """A hash of all that must be equal for two runs to be one; without `judge`, for their answers to be the same."""
    plain = config.model_dump(mode="json")
    if not judge:
        plain["judge"] = {"swap": plain["judge"]["swap"]}
    for key in FREE_KEYS:
        section, _, name = key.rpartition(".")
        (plain[section] if section else plain).pop(name, None)
    plain["model"].pop("concurrency", None)
    for section in ("model", "judge"):  # a price becomes known when a budget is wanted
        plain[section].pop("price", None)
    plain["hardware"] = config.hardware.measured()
    plain.pop("logger")
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


def name_of(config: RunConfig) -> str:
    """`<task>-<model>`, with the prompt where it is not the paper's."""
    prompt = "" if config.task.prompt == "paper" else f"-{config.task.prompt}"
    return f"{config.task.name}-{config.model.name}{prompt}".replace("/", "_")


def _given(config: RunConfig, path: Path) -> RunDirectory:
    before = _read(path / MANIFEST)
    if config.mode != "run" and before is None:
        raise ConfigError(f"run.dir={path}: expected a run to {config.mode}, found no {MANIFEST} in it")
    if before is None and path.exists() and any(path.iterdir()):
        raise ConfigError(f"run.dir={path} holds other files and no run; give an empty or new directory")
    known = {} if before is None else before
    same = known.get("answers_fingerprint" if config.mode != "run" else "fingerprint")
    if before is not None and same != fingerprint(config, judge=config.mode == "run"):
        raise ConfigError(
            f"run.dir={path} holds a run of another configuration (see its {CONFIG}); give a new directory, "
            "or the command that it was begun with"
        )
    path.mkdir(parents=True, exist_ok=True)
    return RunDirectory(path, before is not None, _must_lock(path))


def _unfinished(config: RunConfig) -> RunDirectory | None:
    for path in _unfinished_paths(config):
        lock = _try_lock(path)
        if lock is not None:
            return RunDirectory(path, True, lock)
    return None


def _unfinished_paths(config: RunConfig) -> Iterator[Path]:
    """Runs of this configuration that are not complete, the newest first."""
    wanted = fingerprint(config)
    found = [*config.run.root.glob(f"*/*/{MANIFEST}"), *config.run.root.glob(f"*/*-sweep/*/{MANIFEST}")]
    for path in sorted(found, key=lambda file: file.stat().st_mtime, reverse=True)[:RECENT]:
        manifest = _read(path)
        if manifest is not None and manifest.get("fingerprint") == wanted and not _complete(path.parent):
            yield path.parent


def _complete(run_dir: Path) -> bool:
    results = _read(run_dir / RESULTS)
    return results is not None and bool(results.get("complete"))


def _new_path(config: RunConfig) -> Path:
    now = datetime.now()
    base = config.run.root / f"{now:%Y-%m-%d}"
    path = base / f"{now:%H%M%S}-{name_of(config)}"
    number = 2
    while path.exists():
        path = base / f"{now:%H%M%S}-{name_of(config)}-{number}"
        number += 1
    return path


def _must_lock(path: Path) -> IO[str]:
    lock = _try_lock(path)
    if lock is None:
        raise ConfigError(f"another process is running in {path}; wait for it, or give another run.dir")
    return lock


def _try_lock(path: Path) -> IO[str] | None:
    handle = (path / LOCK).open("a")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    os.set_inheritable(handle.fileno(), False)
    return handle


def _read(path: Path) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError):
        return None
    return content
