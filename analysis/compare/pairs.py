"""The items that two runs share, each with its rows from both, in the first run's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.degradation import SEVERITIES, TASK, QuestionValue, values_by_question
from analysis.run import Run
from medq.records import Sample

Key = tuple[str, str]
CLEAN = SEVERITIES[0]


@dataclass(frozen=True, slots=True)
class Pair:
    """One item in both runs; several rows each where an item was asked several times.

    `first_value` and `second_value` are what the runs recorded of a MedQ-Deg question as a whole, None where they did
    not.
    """

    task: str
    id: str
    first: tuple[Sample, ...]
    second: tuple[Sample, ...]
    first_value: QuestionValue | None = None
    second_value: QuestionValue | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """Shared items, and the (task, id) of those that only one run has."""

    pairs: tuple[Pair, ...]
    only_first: tuple[Key, ...]
    only_second: tuple[Key, ...]


def pair_items(first: Run, second: Run) -> Pairing:
    """Matches the rows of two runs by task and item id."""
    one, other = _by_item(first.samples), _by_item(second.samples)
    values = values_by_question(first), values_by_question(second)
    shared = [key for key in one if key in other]
    pairs = tuple(Pair(*key, tuple(one[key]), tuple(other[key]), *_recorded(key, values)) for key in shared)
    return Pairing(
        pairs, tuple(key for key in one if key not in other), tuple(key for key in other if key not in one)
    )  # fmt: skip


def _recorded(key: Key, values: Iterable[Mapping[str, QuestionValue]]) -> Iterator[QuestionValue | None]:
    task, item = key
    return (of_run.get(item) if task == TASK else None for of_run in values)


def cluster_names(pairs: Sequence[Pair]) -> list[str]:
    """For each pair the cluster that it belongs to: items about one image, or made from one clean image, go together.

    A degraded item names its clean one; where that is not among the pairs, the items made from it are a cluster.
    """
    rows = [pair.first[0] for pair in pairs]
    sources = {row.source_item for row in rows}
    clean = {_source(row): _images(row) for row in rows if row.images and (row.severity == CLEAN or row.id in sources)}
    return [clean.get(_source(row)) or _own(row) for row in rows]


def _own(row: Sample) -> str:
    if row.source_item is not None or not row.images:
        return f"item {_source(row)}"
    return _images(row)


def _source(row: Sample) -> str:
    return row.source_item or row.id


def _images(row: Sample) -> str:
    return f"images {' '.join(image.sha256 for image in row.images)}"


def _by_item(samples: Iterable[Sample]) -> dict[Key, list[Sample]]:
    found: dict[Key, list[Sample]] = {}
    for sample in samples:
        found.setdefault((sample.task, sample.id), []).append(sample)
    return found
