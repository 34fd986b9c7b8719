"""One thing that differs between two runs, and how two long values are shown by where they part."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 80


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs, with its value in both runs."""

    kind: str
    what: str
    a: str
    b: str


def where_they_part(one: str, other: str) -> tuple[str, str]:
    """Both texts from a few characters before the first that differs."""
    if max(len(one), len(other)) <= LONGEST:
        return one or "(nothing)", other or "(nothing)"
    shorter = min(len(one), len(other))
    alike = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shorter)
    start = max(0, alike - LONGEST // 4)
    return _text(one[start:] or "(nothing)"), _text(other[start:] or "(nothing)")


def _text(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
