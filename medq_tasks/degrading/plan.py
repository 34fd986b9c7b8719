"""What is asked for on the command line: which degradations at which severities, with which parameters."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from medq_tasks.degradations import Spec, applicable, get, load_all
from medq_tasks.degradations.severity import resolve
from medq_tasks.degradations.validation import check_modality
from medq_tasks.errors import DegradationError

ALL = "all"


@dataclass(frozen=True, slots=True)
class Strength:
    """A level's name or a number; `folder` is the name of the folder that its images go to."""

    level: str | None = None
    severity: float | None = None

    @property
    def folder(self) -> str:
        """`L1`, or `0.35`."""
        return self.level if self.level is not None else f"{self.severity:g}"


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole request. `names` are degradations as given ("all" for every one that fits the image's modality).

    `modality` is None where it is to be found out for each image. `window` are the stored values (HU for CT) of black
    and white, None for the file's own.
    """

    names: tuple[str, ...]
    strengths: tuple[Strength, ...]
    seed: int
    modality: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    window: tuple[float, float] | None = None
    frame: int | str = "middle"

    def specs(self, modality: str) -> list[Spec]:
        """The degradations for an image of a modality; of all, those that have every parameter that is set.

        Raises `DegradationError` for a name that does not fit the modality.
        """
        if self.names == (ALL,):
            return self._of(applicable(modality))
        return [get(name, modality) for name in self.names]

    def check(self) -> None:
        """Raises `DegradationError` for a name, level or parameter that could never work, before any file is read."""
        check_modality(self.modality)
        if not self.names or (ALL in self.names and len(self.names) > 1):
            raise DegradationError(f"--degradation: expected names or `{ALL}` alone, got {', '.join(self.names)!r}")
        for spec in self._named():
            for strength in self.strengths:
                resolve(spec, severity=strength.severity, level=strength.level, params=self.params)

    def _named(self) -> list[Spec]:
        if self.names != (ALL,):
            return [get(name, self.modality) for name in self.names]
        every = applicable(self.modality) if self.modality else list(load_all().values())
        found = self._of(every)
        if not found:
            known = sorted({name for spec in every for name in (*spec.curves, *spec.fixed)})
            near = [match for name in self.params for match in difflib.get_close_matches(name, known, n=2)]
            raise DegradationError(
                f"--set: no degradation has the parameters {', '.join(self.params)}; did you mean: "
                f"{', '.join(near) or '`--list` shows them'}?"
            )
        return found

    def _of(self, specs: list[Spec]) -> list[Spec]:
        return [spec for spec in specs if set(self.params) <= {*spec.curves, *spec.fixed}]


def parse_strengths(text: str) -> tuple[Strength, ...]:
    """Severities from `L0,L1,0.35`: numbers in [0, 1] with a decimal point, anything else the name of a level.

    >>> [s.folder for s in parse_strengths("L1,0.35")]
    ['L1', '0.35']
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    if not words:
        raise DegradationError("--severity: expected levels or numbers such as L1,L2 or 0.35, got nothing")
    return tuple(_strength(word) for word in words)


def _strength(word: str) -> Strength:
    if "." not in word:
        return Strength(level=word)
    try:
        severity = float(word)
    except ValueError:
        raise DegradationError(f"--severity: expected a level or a number in [0, 1], got {word!r}") from None
    if not 0 <= severity <= 1:
        raise DegradationError(f"--severity: a severity must lie in [0, 1], got {word}")
    return Strength(severity=severity)


def parse_params(pairs: Sequence[str]) -> dict[str, Any]:
    """Parameters from `photons=1e4`, values read as JSON where they are JSON, as text otherwise.

    >>> parse_params(["photons=1e4", "reconstruction=fista_tv"])
    {'photons': 10000.0, 'reconstruction': 'fista_tv'}
    """
    params: dict[str, Any] = {}
    for pair in pairs:
        name, found, value = pair.partition("=")
        if not found:
            raise DegradationError(f"--set: expected NAME=VALUE such as photons=1e4, got {pair!r}")
        try:
            params[name] = json.loads(value)
        except ValueError:
            params[name] = value
    return params
