"""`python -m medq.models.iqa.fit`: fits the thresholds on the sample set's dev split and writes thresholds.json."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from medq.models.iqa.attributes import attributes
from medq.models.iqa.estimate import attribute_score, worst
from medq.models.iqa.picture import open_picture
from medq.models.iqa.statistics import Statistics, measure
from medq.models.iqa.thresholds import NAME, Threshold, Thresholds
from medq_tasks.images import open_pixels
from medq_tasks.sample import sample_folder

SPLIT = "dev"


@dataclass(frozen=True, slots=True)
class Measured:
    """A dev image with its statistics and its truth; `lacks` are the attributes that are certainly absent."""

    statistics: Statistics
    modality: str
    attribute: str | None
    level: str
    lacks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Groups:
    """The values of something over the images without an attribute, with a mild and with a severe form of it."""

    none: Sequence[float]
    mild: Sequence[float]
    severe: Sequence[float]


def fit(images: Sequence[Measured], *, version: str, date: str) -> Thresholds:
    """The thresholds from measured dev images; an attribute that they do not hold keeps those set by hand."""
    limits: dict[str, dict[str, Threshold]] = {}
    counts: dict[str, tuple[int, int, int]] = {}
    for key, attribute in attributes().items():
        limits[key] = {name: Threshold(typical=a, mild=b, severe=c) for name, (a, b, c) in attribute.by_hand.items()}
        for name, sign in attribute.signed():
            groups = _groups(images, key, name)
            if groups.none and groups.mild and groups.severe:
                limits[key][name] = divide(groups, sign)
                counts[key] = (len(groups.none), len(groups.mild), len(groups.severe))
    return Thresholds(
        sample_version=version,
        split=SPLIT,
        date=date,
        images=len(images),
        attributes={key: found for key, found in limits.items() if found},
        overall=divide(_overall_groups(images, limits), 1),
        counts=counts,
    )


def divide(groups: Groups, sign: int) -> Threshold:
    """The two borders with the best balanced accuracy: none against degraded, then mild against severe.

    >>> divide(Groups([1, 2], [4, 5], [9]), 1)
    Threshold(typical=1.5, mild=3.0, severe=7.0)
    """
    none, mild, severe = ([sign * value for value in values] for values in (groups.none, groups.mild, groups.severe))
    first = border(none, [*mild, *severe])
    second = max(border(mild, severe), first)
    typical = min(median(none), first)
    return Threshold(typical=sign * typical, mild=sign * first, severe=sign * second)


def border(below: Sequence[float], above: Sequence[float]) -> float:
    """The value that best divides the two: the middle of the widest gap among the cuts of best balanced accuracy."""
    values = sorted({*below, *above})
    best = (-1.0, -1.0, values[0])
    for low, high in pairwise(values):
        cut = (low + high) / 2
        right = sum(value < cut for value in below) / len(below) + sum(value >= cut for value in above) / len(above)
        best = max(best, (round(right, 9), high - low, cut))
    return best[2]


def measure_dev() -> list[Measured]:
    """Every image of the dev split."""
    folder = sample_folder()
    lines = (folder / "images.jsonl").read_text(encoding="utf-8").splitlines()
    return [_measured(folder, record) for record in map(json.loads, lines) if record["split"] == SPLIT]


def _measured(folder: Path, record: Mapping[str, Any]) -> Measured:
    pixels = open_pixels((folder / record["file"]).read_bytes(), record["file"])
    statistics = measure(open_picture(pixels))
    lacks = frozenset(record["absent"])
    return Measured(statistics, record["modality"], record["attribute"], record["level"], lacks)


def _groups(images: Iterable[Measured], key: str, statistic: str) -> Groups:
    def values(*, level: str) -> list[float]:
        return [
            image.statistics[statistic]
            for image in images
            if (key in image.lacks if level == "none" else (image.attribute, image.level) == (key, level))
        ]

    return Groups(values(level="none"), values(level="mild"), values(level="severe"))


def _overall_groups(images: Iterable[Measured], limits: Mapping[str, Mapping[str, Threshold]]) -> Groups:
    def worst_of(image: Measured) -> float:
        scores = {key: attribute_score(key, image.statistics, limits[key]) for key in attributes()}
        return worst(scores, image.modality)

    found = [(image.level, worst_of(image)) for image in images]
    none, mild, severe = ([score for level, score in found if level == wanted] for wanted in ("none", "mild", "severe"))
    return Groups(none, mild, severe)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fits and writes; prints where."""
    from medq_tasks.sample.version import sample_version

    parser = argparse.ArgumentParser(prog="python -m medq.models.iqa.fit", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name(NAME), help="where to write")
    out: Path = parser.parse_args(arguments).out
    fitted = fit(measure_dev(), version=sample_version(), date=datetime.now(UTC).date().isoformat())
    unknown = sorted(set(fitted.attributes) - set(fitted.counts))
    out.write_text(fitted.model_dump_json(indent=1) + "\n", encoding="utf-8")
    print(f"{out}: {len(fitted.attributes)} attributes from {fitted.images} images; set by hand: {', '.join(unknown)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
