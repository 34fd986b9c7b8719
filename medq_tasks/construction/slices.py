"""Which slices of a volume become images, in the manner of SA-Med2D-20M: those that show enough of the body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.construction.spec import Slices


@dataclass(frozen=True, slots=True)
class Candidate:
    """A slice as the choice sees it; `reason` says why it was not taken, "" for one that was."""

    frame: int
    foreground: float
    aspect: float
    reason: str = ""


def foreground_share(shown: npt.NDArray[np.uint8], threshold: float) -> float:
    """The share of pixels of a shown picture, (H, W) or (H, W, 3) uint8, brighter than `threshold` of full scale.

    >>> foreground_share(np.array([[0, 255], [10, 200]], np.uint8), 0.1)
    0.5
    """
    grey: npt.NDArray[Any] = shown if shown.ndim == 2 else shown.mean(axis=2)
    return float((grey > threshold * 255).mean())


def choose(candidates: Sequence[Candidate], rule: Slices) -> list[Candidate]:
    """Every candidate with the reason why it is left out; at most `rule.maximum` have none, at equal distances.

    >>> [c.frame for c in choose([Candidate(n, 0.5, 1.0) for n in range(9)], Slices(maximum=3)) if not c.reason]
    [1, 4, 7]
    """
    judged = [_judged(candidate, rule) for candidate in candidates]
    fit = [candidate.frame for candidate in judged if not candidate.reason]
    count = min(rule.maximum, len(fit))
    taken = {fit[int((place + 0.5) * len(fit) / count)] for place in range(count)}
    return [
        one if one.reason or one.frame in taken else Candidate(one.frame, one.foreground, one.aspect, "beyond maximum")
        for one in judged
    ]


def _judged(one: Candidate, rule: Slices) -> Candidate:
    if one.foreground < rule.minimum_foreground:
        reason = f"foreground {one.foreground:.3f} below {rule.minimum_foreground:g}"
    elif one.aspect < rule.minimum_aspect:
        reason = f"side ratio {one.aspect:.2f} below {rule.minimum_aspect:g}"
    else:
        return one
    return Candidate(one.frame, one.foreground, one.aspect, reason)
