"""Which slices of a volume become images, in the manner of SA-Med2D-20M: those that show enough of the body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.construction.spec import Slices
from medq_tasks.construction.volume import Axis


@dataclass(frozen=True, slots=True)
class Candidate:
    """A slice as the choice sees it, number `frame` along `axis`; `reason`: why it is left out, "" where it is not."""

    frame: int
    foreground: float
    aspect: float
    reason: str = ""
    axis: Axis = "stored"


def foreground_share(shown: npt.NDArray[np.uint8], threshold: float) -> float:
    """The share of pixels of a shown picture, (H, W) or (H, W, 3) uint8, brighter than `threshold` of full scale.

    >>> foreground_share(np.array([[0, 255], [10, 200]], np.uint8), 0.1)
    0.5
    """
    grey: npt.NDArray[Any] = shown if shown.ndim == 2 else shown.mean(axis=2)
    return float((grey > threshold * 255).mean())


def choose(candidates: Sequence[Candidate], rule: Slices) -> list[Candidate]:
    """Every candidate with the reason why it is left out; at most `rule.maximum` have none.

    The axes take turns, the stored one first; along each the chosen slices stand at equal distances.

    >>> [c.frame for c in choose([Candidate(n, 0.5, 1.0) for n in range(9)], Slices(maximum=3)) if not c.reason]
    [1, 4, 7]
    """
    judged = [_judged(candidate, rule) for candidate in candidates]
    fit: dict[Axis, list[int]] = {}
    for one in judged:
        if not one.reason:
            fit.setdefault(one.axis, []).append(one.frame)
    counts = _counts({axis: len(frames) for axis, frames in fit.items()}, rule.maximum)
    taken = {
        (axis, frames[int((place + 0.5) * len(frames) / counts[axis])])
        for axis, frames in fit.items()
        for place in range(counts[axis])
    }
    return [
        one if one.reason or (one.axis, one.frame) in taken else replace(one, reason="beyond maximum") for one in judged
    ]


def _counts(fitting: Mapping[Axis, int], maximum: int) -> dict[Axis, int]:
    """How many slices each axis gives: one each in turn, as long as it has one and the maximum is not reached."""
    counts = dict.fromkeys(fitting, 0)
    while sum(counts.values()) < min(maximum, sum(fitting.values())):
        for axis in fitting:
            if counts[axis] < fitting[axis] and sum(counts.values()) < maximum:
                counts[axis] += 1
    return counts


def _judged(one: Candidate, rule: Slices) -> Candidate:
    if one.foreground < rule.minimum_foreground:
        reason = f"foreground {one.foreground:.3f} below {rule.minimum_foreground:g}"
    elif one.aspect < rule.minimum_aspect:
        reason = f"side ratio {one.aspect:.2f} below {rule.minimum_aspect:g}"
    else:
        return one
    return replace(one, reason=reason)
