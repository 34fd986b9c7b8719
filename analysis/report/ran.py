"""What ran: the manifest's facts that a reader looks for first, found under whatever section holds them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analysis.degradation import TASK
from analysis.flatten import flatten
from analysis.run import Run

LONGEST = 160
EMPTY: tuple[object, ...] = (None, "", [], {})
FIRST = ("model", "returned_models", "decoding", "prompts", "dataset", "judge")
JOINED = ("versions", "hardware")
SKIPPED = frozenset({
    "schema", "task", "state", "fingerprint", "sessions", "answers", "attempts", "answers_without_usage", "tokens_in",
    "tokens_out", "cost_usd", "finished", "answers_fingerprint", "overrides", "calls",
})  # fmt: skip

_DIGEST = re.compile("[0-9a-f]{40,}")


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value, as text."""

    name: str
    value: str


def facts(run: Run) -> tuple[Fact, ...]:
    """What the rows add up to, then the manifest's leaves by section, as text, long values cut.

    Clocks and bookkeeping (`SKIPPED`) are left to the whole manifest; versions and hardware take one line each.
    """
    found = [Fact("task", run.results.task), Fact("model", run.results.model), *_totals(run)]
    shown = {name: value for name, value in run.manifest.items() if name not in SKIPPED and value not in EMPTY}
    sections = [name for name in FIRST if name in shown] + [name for name in shown if name not in (*FIRST, *JOINED)]
    leaves = [leaf for name in sections for leaf in flatten({name: shown[name]})]
    found += [Fact(path, _text(value)) for path, value in leaves if value not in EMPTY]
    joined = [(name, dict(flatten(shown[name]))) for name in JOINED if name in shown]
    return tuple(found + [Fact(name, _joined(parts)) for name, parts in joined])


def extra_facts(run: Run) -> tuple[Fact, ...]:
    """What `results.json` says beside metrics: which judge, its agreement with the rules, its bias for a position.

    MedQ-Deg's section is left out; the page has a part of its own for it.
    """
    leaves = flatten({name: value for name, value in (run.results.model_extra or {}).items() if name != TASK})
    return tuple(Fact(path, _text(value)) for path, value in leaves if path and value not in EMPTY)


def _joined(parts: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {_text(value)}".strip() for name, value in parts.items() if value not in EMPTY)


def _totals(run: Run) -> list[Fact]:
    """Tokens, cost, attempts and latency over the rows; a quantity that no row reports is left out."""
    rows = run.samples
    answered = sorted(row.latency_s for row in rows if row.latency_s is not None)
    latency = f"{answered[len(answered) // 2]:.2f} s in the median, {answered[-1]:.2f} s at most" if answered else None
    texts = {
        "rows": str(len(rows)),
        "tokens sent": _sum([row.tokens_in for row in rows], "{:,.0f}"),
        "tokens received": _sum([row.tokens_out for row in rows], "{:,.0f}"),
        "cost": _sum([row.cost_usd for row in rows], "${:,.4f}"),
        "calls": str(sum(row.attempts for row in rows)),
        "latency": latency,
        "time": _elapsed(run),
    }
    return [Fact(name, text) for name, text in texts.items() if text is not None]


def _elapsed(run: Run) -> str | None:
    """The time between start and end of the run's sessions together, interruptions left out."""
    sessions = run.manifest.get("sessions")
    try:
        spans = [_seconds(one["started"], one["finished"]) for one in sessions or ()]
    except (KeyError, TypeError, ValueError):
        return None
    return f"{sum(spans):,.0f} s" + (f" in {len(spans)} sessions" if len(spans) > 1 else "") if spans else None


def _seconds(started: str, finished: str) -> float:
    return (datetime.fromisoformat(finished) - datetime.fromisoformat(started)).total_seconds()


def _sum(values: list[int | None] | list[float | None], form: str) -> str | None:
    known = [value for value in values if value is not None]
    if not known:
        return None
    missing = f" ({len(values) - len(known)} of {len(values)} rows report none)" if len(known) < len(values) else ""
    return form.format(sum(known)) + missing


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if _DIGEST.fullmatch(text):
        return f"{text[:16]}…"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} characters)"
