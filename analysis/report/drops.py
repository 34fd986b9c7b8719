"""What the degradations cost, as text: paired drops with their tests, and the Dunning–Kruger test within the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.degradation import Drop, Ends, degradation_of
from analysis.labels import show, value_label
from analysis.run import Run


@dataclass(frozen=True, slots=True)
class DropLine:
    """One step of one run."""

    run: int
    step: str
    start: str
    end: str
    drop: str
    interval: str
    p_value: str
    n: int
    lost: int
    gained: int


@dataclass(frozen=True, slots=True)
class DropGroup:
    """The steps of one degradation, or of all together."""

    name: str
    lines: tuple[DropLine, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """The Dunning–Kruger test of one run."""

    run: int
    model: str
    holds: bool
    accuracy: str
    shift: str


def drop_groups(runs: Sequence[Run]) -> tuple[DropGroup, ...]:
    """All degradations together first, then each by name, the runs line by line; empty where no run has a pair."""
    found: dict[tuple[str | None, str, str], list[DropLine]] = {}
    for number, run in enumerate(runs):
        for drop in record.paired_drops if (record := degradation_of(run)) else ():
            found.setdefault((drop.degradation, drop.start, drop.end), []).append(_line(number, drop))
    names = sorted({name for name, _, _ in found}, key=lambda name: (name is not None, name or ""))
    return tuple(
        DropGroup(
            "All degradations" if name is None else value_label(name),
            tuple(line for key, lines in found.items() if key[0] == name for line in lines),
        )
        for name in names
    )


def effects(runs: Sequence[Run]) -> tuple[Effect, ...]:
    """The test of each run that has one."""
    found = []
    for number, run in enumerate(runs):
        record = degradation_of(run)
        if record is not None and (test := record.dunning_kruger_within) is not None:
            accuracy = _points(-test.accuracy_drop, _negative(test.accuracy_drop_ci95))
            shift = _points(test.shift_rise, test.shift_rise_ci95)
            found.append(Effect(number, run.results.model, test.holds, accuracy, shift))
    return tuple(found)


def _line(number: int, drop: Drop) -> DropLine:
    return DropLine(
        run=number,
        step=f"{drop.start} → {drop.end}",
        start=show("accuracy", drop.accuracy_start),
        end=show("accuracy", drop.accuracy_end),
        drop=_signed(-drop.drop),
        interval=_interval(_negative(drop.ci95)),
        p_value=f"{drop.p:.4f}" if drop.p >= 0.0001 else "< 0.0001",
        n=drop.n,
        lost=drop.lost,
        gained=drop.gained,
    )


def _negative(ends: Ends | None) -> Ends | None:
    return None if ends is None else (-ends[1], -ends[0])


def _points(value: float, ends: Ends | None) -> str:
    interval = "no interval: fewer than 20 clean images" if ends is None else f"95 % interval {_interval(ends)}"
    return f"{_signed(value)} points ({interval})"


def _interval(ends: Ends | None) -> str:
    return "–" if ends is None else f"{_signed(ends[0])} to {_signed(ends[1])}"


def _signed(share: float) -> str:
    """Points with their sign; nothing lost is no loss of minus nothing."""
    return f"{100 * share or 0.0:+.2f}".replace("-0.00", "0.00").replace("+0.00", "0.00")
