"""From a severity, a level's name or explicit parameters to the physical parameters of a degradation."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from medq_tasks.degradations.spec import Spec
from medq_tasks.errors import DegradationError


@dataclass(frozen=True, slots=True)
class Setting:
    """What is to be applied. `severity` in [0, 1], None where every parameter was given; `parameters` is complete."""

    severity: float | None
    level: str | None
    parameters: Mapping[str, Any]

    @property
    def is_identity(self) -> bool:
        """Severity 0: the image stays as it is."""
        return self.severity == 0.0


def resolve(
    spec: Spec, *, severity: float | None = None, level: str | None = None, params: Mapping[str, Any] | None = None
) -> Setting:
    """The setting that the arguments describe: the curves at the severity, `spec.fixed`, and `params` over both.

    Give a severity or a level, and `params` where single parameters shall differ; without a severity `params` must
    hold every parameter that has a curve. Raises `DegradationError` for anything else.
    """
    if severity is not None and level is not None:
        raise DegradationError(f"{spec.id}: give severity={severity!r} or level={level!r}, not both")
    if level is not None:
        severity = _severity_of(spec, level)
    if severity is not None:
        severity = _checked(spec, severity)
    given = dict(params or {})
    _check_names(spec, given)
    missing = sorted(set(spec.curves) - set(given))
    if severity is None and missing:
        raise DegradationError(
            f"{spec.id}: expected a severity in [0, 1], a level ({', '.join(spec.levels)}) or the parameters "
            f"{', '.join(missing)}; got none of them"
        )
    drawn = {name: curve(severity) for name, curve in spec.curves.items()} if severity is not None else {}
    return Setting(severity, level, {**spec.fixed, **drawn, **given})


def _severity_of(spec: Spec, level: str) -> float:
    if level not in spec.levels:
        raise DegradationError(f"{spec.id}: unknown level {level!r}; its levels are: {', '.join(spec.levels)}")
    return spec.levels[level]


def _checked(spec: Spec, severity: float) -> float:
    if isinstance(severity, bool) or not isinstance(severity, int | float) or not math.isfinite(severity):
        raise DegradationError(f"{spec.id}: severity must be a number in [0, 1], got {severity!r}")
    if not 0 <= severity <= 1:
        raise DegradationError(f"{spec.id}: severity must lie in [0, 1], got {severity}")
    return float(severity)


def _check_names(spec: Spec, given: Mapping[str, Any]) -> None:
    known = [*spec.curves, *spec.fixed]
    for name, value in given.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3) or known
            raise DegradationError(f"{spec.id}: unknown parameter {name!r}; did you mean: {', '.join(near)}?")
        number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if name in spec.curves and not number:
            raise DegradationError(f"{spec.id}: parameter {name} must be a finite number, got {value!r}")
