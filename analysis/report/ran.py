"""What ran: the manifest's facts that a reader looks for first, found under whatever section holds them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from analysis.flatten import flatten
from analysis.run import Run

LONGEST = 160

_DIGEST = re.compile("[0-9a-f]{40,}")


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value, as text."""

    name: str
    value: str


def facts(run: Run) -> tuple[Fact, ...]:
    """Every leaf of the manifest and what the rows add up to, as text, long values cut."""
    found = [Fact("task", run.results.task), Fact("model", run.results.model), *_totals(run)]
    leaves = [(path, value) for path, value in flatten(run.manifest) if value not in (None, "", [], {})]
    return tuple(found + [Fact(path, _text(value)) for path, value in leaves])


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
    }
    return [Fact(name, text) for name, text in texts.items() if text is not None]


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
