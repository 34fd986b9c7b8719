"""`manifest.json`: what was run, on what, with what, and what it took; begun at the start, finished at the end."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from medq.models.interface import Answer, Model
from medq.records import MANIFEST
from medq.run.directory import fingerprint
from medq.run.environment import commit, hardware, versions
from medq.run.loop import Asked
from medq.run.write import write_json
from medq.schema import RunConfig
from medq.secrets import redact


def begin(run_dir: Path, config: RunConfig, model: Model, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Writes the manifest of a run that starts, or goes on, and returns it."""
    manifest: dict[str, Any] = {
        "schema": 1,
        "state": "running",
        "fingerprint": fingerprint(config),
        "answers_fingerprint": fingerprint(config, judge=False),
        "judge_settings": config.judge.model_dump(mode="json"),
        "overrides": [redact(one) for one in (before or {}).get("overrides") or overrides()],
        "command": redact(" ".join(sys.argv)),
        "task": config.task.name,
        "model": {"name": config.model.name, **model.identity},
        "started": (before or {}).get("started", _now()),
        "sessions": [*(before or {}).get("sessions", []), {"started": _now()}],
        "versions": versions(),
        "git": commit(),
        "hardware": hardware(),
    }
    write_json(run_dir / MANIFEST, manifest)
    return manifest


def overrides() -> list[str]:
    """What the user chose on the command line, so that a later stage can compose the same configuration."""
    from hydra.core.hydra_config import HydraConfig

    return list(HydraConfig.get().overrides.task) if HydraConfig.initialized() else []


def finish(
    run_dir: Path,
    manifest: dict[str, Any],
    *,
    state: str,
    asked: Sequence[Asked],
    data: Mapping[str, Any],
    notes: Sequence[str] = (),
    calls: Mapping[str, Any] | None = None,
    judge: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Completes the manifest from what was asked and writes it; `calls` and `judge` are reports of who was called."""
    manifest = dict(manifest, state=state, dataset=dict(data), notes=list(notes), **_usage(asked), finished=_now())
    manifest |= {"calls": dict(calls or {}), "judge": dict(judge or {})}
    manifest["prompts"] = _prompt_hashes(asked)
    manifest["sessions"][-1]["finished"] = manifest["finished"]
    write_json(run_dir / MANIFEST, manifest)
    return manifest


def _usage(asked: Iterable[Asked]) -> dict[str, Any]:
    answers = [one.outcome for one in asked if isinstance(one.outcome, Answer)]
    models = Counter(answer.returned_model for answer in answers if answer.returned_model is not None)
    attempts = sum(one.outcome.attempts for one in asked if one.outcome is not None)
    return {
        "answers": len(answers),
        "attempts": attempts,
        "returned_models": dict(sorted(models.items())),
        "tokens_in": _total(answer.tokens_in for answer in answers),
        "tokens_out": _total(answer.tokens_out for answer in answers),
        "cost_usd": _total(answer.cost_usd for answer in answers),
        "answers_without_usage": sum(answer.tokens_in is None for answer in answers),
    }


def _total(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _prompt_hashes(asked: Iterable[Asked]) -> dict[str, str]:
    """One hash a task over all its prompts in order: equal hashes, equal questions."""
    by_task: dict[str, Any] = {}
    for one in asked:
        digest = by_task.setdefault(one.question.item.task, hashlib.sha256())
        digest.update(one.question.prompt.encode() + b"\0")
    return {task: digest.hexdigest() for task, digest in by_task.items()}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
