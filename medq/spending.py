"""`spending.jsonl`: what every attempt of a run cost, written as it happens, so that a kill forgets no dollar."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

SPENDING = "spending.jsonl"


@dataclass(frozen=True, slots=True)
class Spent:
    """US dollars of a run so far. `assumed` is the part that no provider reported, taken at its upper bound."""

    usd: float = 0.0
    assumed: float = 0.0
    attempts: int = 0


class Ledger:
    """Two lines an attempt: what was set aside before it, what it cost after it (null where that is not known)."""

    def __init__(self, path: Path) -> None:
        self.before, self._next = _read(path)
        self._path = path
        self._file: IO[str] | None = None

    def begin(self, *, model: str, most_usd: float) -> int:
        """Writes down what an attempt may cost; returns its number."""
        number, self._next = self._next, self._next + 1
        self._write({"attempt": number, "model": model, "most_usd": most_usd})
        return number

    def end(self, number: int, paid_usd: float | None) -> None:
        """Writes down what the attempt cost."""
        self._write({"attempt": number, "paid_usd": paid_usd})

    def close(self) -> None:
        """Closes the file; one without an attempt is never made."""
        if self._file is not None:
            self._file.close()

    def _write(self, line: dict[str, Any]) -> None:
        if self._file is None:
            broken = self._path.exists() and not self._path.read_bytes().endswith(b"\n")
            self._file = self._path.open("a", encoding="utf-8", buffering=1)
            self._file.write("\n" if broken else "")  # a kill in the middle of a line
        self._file.write(json.dumps(line) + "\n")


def spent_in(run_dir: Path) -> Spent:
    """What a run has spent so far; nothing where it never called a model with a known price."""
    return _read(run_dir / SPENDING)[0]


def _read(path: Path) -> tuple[Spent, int]:
    """What the file says was spent, and the next attempt's number. An attempt without an end may have been billed."""
    most: dict[int, float] = {}
    paid: dict[int, float] = {}
    for line in spending_lines(path):
        if "most_usd" in line:
            most[line["attempt"]] = line["most_usd"]
        elif line["paid_usd"] is not None:
            paid[line["attempt"]] = line["paid_usd"]
    assumed = sum(usd for number, usd in most.items() if number not in paid)
    return Spent(sum(paid.values()) + assumed, assumed, len(most)), max(most, default=-1) + 1


def spending_lines(path: Path) -> list[dict[str, Any]]:
    """The lines of the file in order; none where there is no file, and without one that a kill cut off."""
    lines = []
    for text in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            lines.append(json.loads(text))
        except json.JSONDecodeError:
            continue
    return lines
