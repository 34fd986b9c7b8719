"""How accuracy, confidence and shift answer to severity: the same questions at L0, L1 and L2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from medq_tasks.calibration.measured import Measured
from medq_tasks.calibration.paired_drop import Copies, copies
from medq_tasks.item import SEVERITIES


@dataclass(frozen=True, slots=True)
class ResponseCurve:
    """One curve over L0, L1, L2, a value each, of the `n` source items that have all three; None where undefined."""

    modality: str | None
    degradation: str
    n: int
    accuracy: tuple[float | None, ...]
    confidence: tuple[float | None, ...]
    calibration_shift: tuple[float | None, ...]


def response_curves(items: Sequence[Measured]) -> list[ResponseCurve]:
    """A curve a modality and degradation, in the order of the names; only source items with all three copies enter."""
    groups: dict[tuple[str, str], list[Copies]] = {}
    for (_, degradation), group in copies(items).items():
        if set(group) == set(SEVERITIES):
            groups.setdefault((group["L0"].axes.get("modality") or "", degradation), []).append(group)
    return [_curve(modality or None, name, mine) for (modality, name), mine in sorted(groups.items())]


def _curve(modality: str | None, degradation: str, groups: Sequence[Copies]) -> ResponseCurve:
    by_severity = [[group[severity] for group in groups] for severity in SEVERITIES]
    return ResponseCurve(
        modality,
        degradation,
        len(groups),
        tuple(_mean([item.accuracy for item in level]) for level in by_severity),
        tuple(_mean([item.confidence for item in level]) for level in by_severity),
        tuple(_mean([item.shift for item in level]) for level in by_severity),
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
