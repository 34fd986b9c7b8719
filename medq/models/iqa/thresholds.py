"""The fitted thresholds: where a statistic stops being typical, where it is mild and where it is severe."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict

NAME = "thresholds.json"


class Threshold(BaseModel):
    """Values of one statistic for one attribute, as measured (not yet signed).

    `typical` is the median of images without the attribute; `mild` and `severe` divide the levels.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    typical: float
    mild: float
    severe: float

    def score(self, value: float, sign: int) -> float:
        """0 for a typical image, 1 at the border of mild, 2 at that of severe, between them linear; in [0, 3].

        >>> Threshold(typical=1, mild=2, severe=4).score(3, 1)
        1.5
        """
        typical, mild, severe, value = (sign * number for number in (self.typical, self.mild, self.severe, value))
        if value < mild:
            score = (value - typical) / max(mild - typical, 1e-9)
            return min(max(score, 0.0), 1.0 - 1e-9)
        return min(1 + (value - mild) / max(severe - mild, 1e-9), 3.0)


class Thresholds(BaseModel):
    """`thresholds.json`: what was fitted, on which version of the sample's dev split, when.

    `attributes` holds a threshold by attribute and statistic; `overall` those of the largest score of the plain
    attributes. `counts` are images by attribute as (without, mild, severe).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    sample_version: str
    split: str
    date: str
    images: int
    attributes: Mapping[str, Mapping[str, Threshold]]
    overall: Threshold
    counts: Mapping[str, tuple[int, int, int]]


@cache
def thresholds() -> Thresholds:
    """The committed thresholds."""
    return Thresholds.model_validate_json(files(__package__).joinpath(NAME).read_text(encoding="utf-8"))


def digest() -> str:
    """Twelve hexadecimal digits of everything that the answers depend on beside the image: code, words, thresholds."""
    found = hashlib.sha256()
    folder = Path(str(files(__package__)))
    for path in sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".yaml", ".json"}):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:12]
