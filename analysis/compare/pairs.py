"""The items that two runs share, each with its rows from both, in the first run's order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.run import Run
from medq.records import Sample

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """One item in both runs; several rows each where an item was asked several times."""

    task: str
    id: str
    first: tuple[Sample, ...]
    second: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Shared items, and the (task, id) of those that only one run has."""

    pairs: tuple[Pair, ...]
    only_first: tuple[Key, ...]
    only_second: tuple[Key, ...]


def pair_items(first: Run, second: Run) -> Pairing:
    """Matches the rows of two runs by task and item id."""
    one, other = _by_item(first.samples), _by_item(second.samples)
    pairs = tuple(Pair(*key, tuple(rows), tuple(other[key])) for key, rows in one.items() if key in other)
    return Pairing(
        pairs, tuple(key for key in one if key not in other), tuple(key for key in other if key not in one)
    )  # fmt: skip


def cluster_names(pairs: Sequence[Pair]) -> list[str]:
    """For each pair the cluster that it belongs to: items about one image, or made from one clean item, go together."""
    sources = {pair.first[0].source_item for pair in pairs}
    return [_cluster(pair.first[0], sources) for pair in pairs]


def _cluster(sample: Sample, sources: set[str | None]) -> str:
    if sample.source_item is not None:
        return f"item {sample.source_item}"
    if sample.id in sources:
        return f"item {sample.id}"
    return f"images {' '.join(image.sha256 for image in sample.images)}" if sample.images else f"item {sample.id}"


def _by_item(samples: Iterable[Sample]) -> dict[Key, list[Sample]]:
    found: dict[Key, list[Sample]] = {}
    for sample in samples:
        found.setdefault((sample.task, sample.id), []).append(sample)
    return found
