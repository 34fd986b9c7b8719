"""What a degradation declares about itself, and what it returns."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.float32]  # (H, W) grey or (H, W, 3) RGB, values in [0, 1]
Mask = npt.NDArray[np.bool_]  # (H, W), True where a local artefact touched the image

CATEGORIES = ("artifacts", "motion", "intensity", "noise", "resolution_blur")


@dataclass(frozen=True, slots=True)
class Curve:
    """A physical parameter as a monotone function of severity in (0, 1].

    `knots` are (severity, value) pairs with rising severity; between them the value is interpolated linearly, or
    geometrically where `log` is set. Below the first knot the first value holds: severity 0 never reaches a curve,
    because it returns the input bit for bit. `integer` rounds the result; `steps` keeps to the values of the knots,
    each from its severity on, where values between them would not be monotone in what one sees.

    >>> Curve("photons a ray", ((0.1, 1e6), (1.0, 1e4)), log=True)(0.55)
    100000.0
    >>> Curve("full lines / lines", ((0.1, 2), (0.5, 3), (0.7, 4)), steps=True)(0.69)
    3.0
    """

    unit: str
    knots: tuple[tuple[float, float], ...]
    log: bool = False
    integer: bool = False
    steps: bool = False

    def __call__(self, severity: float) -> float:
        at, values = zip(*self.knots, strict=True)
        if self.steps:
            return float(values[max(bisect_right(at, severity) - 1, 0)])
        if self.log:
            value = math.exp(float(np.interp(severity, at, np.log(values))))
        else:
            value = float(np.interp(severity, at, values))
        return float(round(value)) if self.integer else float(f"{value:.12g}")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a degradation function returns.

    `image` has the input's shape, float32 in [0, 1]. `mask` marks the touched pixels of a local artefact, whose other
    pixels are bit-identical to the input; None for a global one. `facts` are quantities known only after the run
    (the real acceleration factor, the affected area), stored in the metadata. `assumed` names the physics that the
    image does not tell and that was therefore assumed or synthesised (window, pixel size, phase, coils).
    """

    image: Image
    mask: Mask | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()


DegradationFunction = Callable[..., Effect]


@dataclass(frozen=True, slots=True)
class Spec:
    """The declaration of one degradation.

    `id` is `<family>.<name>` (`ct.low_dose`, `general.gaussian_blur`); `modalities` are those it is meaningful for.
    `attribute` is the field's term for what one sees ("low-dose noise"). `curves` map a severity to the keyword
    arguments of the function; `fixed` are its other arguments with their defaults, any of which a caller may set.
    `colour` says what images it takes: "grey", "rgb" or "any". `levels` name severities.
    """

    id: str
    function: DegradationFunction
    modalities: frozenset[str]
    category: str
    attribute: str
    curves: Mapping[str, Curve]
    source: str
    fixed: Mapping[str, Any] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    colour: str = "any"
    local: bool = False
    levels: Mapping[str, float] = field(default_factory=lambda: DEFAULT_LEVELS)


DEFAULT_LEVELS: Mapping[str, float] = {
    "L0": 0.0, "L1": 0.4, "L2": 0.9,
    "none": 0.0, "mild": 0.4, "severe": 0.9,
    "1": 0.2, "2": 0.4, "3": 0.6, "4": 0.8, "5": 1.0,
}  # fmt: skip
