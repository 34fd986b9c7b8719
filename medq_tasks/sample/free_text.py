"""The no-reference and the comparison items of the sample set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from medq_tasks.sample.catalogue import Comparison, Original, plan
from medq_tasks.sample.prose import compare, describe
from medq_tasks.sample.rotation import Rotation
from medq_tasks.sample.variants import Variant


@dataclass(frozen=True, slots=True)
class Description:
    """A no-reference item: an image and its reference text."""

    variant: Variant
    reference: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A comparison item: two versions of one image in the order shown, and the reference text."""

    first: Variant
    second: Variant
    difficulty: str
    reference: str


Versions = Mapping[tuple[str | None, str], Variant]


def make_descriptions(variants: Iterable[Variant]) -> list[Description]:
    """One item an image and planned level; an original that shows an attribute by itself is not called good."""
    turns: dict[str, Rotation] = defaultdict(Rotation)
    made = []
    for original, versions in by_original(variants):
        turn = turns[original.split]
        for level in plan().descriptions:
            if level == "none" and original.shows:
                continue
            attribute = None if level == "none" else turn.next(f"described {original.id}", original.attributes)
            variant = versions[attribute, level]
            made.append(Description(variant, describe(variant, turn)))
    return made


def make_pairs(variants: Iterable[Variant]) -> list[Pair]:
    """The planned pairs of every image; the better image comes first in every second pair of a kind and split."""
    turns: dict[str, Rotation] = defaultdict(Rotation)
    made: list[Pair] = []
    for original, versions in by_original(variants):
        turn = turns[original.split]
        made += [_pair(kind, original, versions, turn) for kind in plan().comparisons]
    return made


def _pair(kind: Comparison, original: Original, versions: Versions, turn: Rotation) -> Pair:
    attribute = turn.next(f"compared {original.id}", original.attributes)
    other = turn.next(f"compared {original.id}", original.attributes) if kind.other else attribute
    better = versions[None if kind.better == "none" else attribute, kind.better]
    worse = versions[other, kind.worse]
    place = turn.next(f"order {kind.difficulty}", (0, 1))
    first, second = (better, worse) if place == 0 else (worse, better)
    return Pair(first, second, kind.difficulty, compare(first, second, place, turn))


def by_original(variants: Iterable[Variant]) -> Sequence[tuple[Original, Versions]]:
    """The variants grouped by their original, keyed by attribute and level."""
    grouped: dict[str, tuple[Original, dict[tuple[str | None, str], Variant]]] = {}
    for variant in variants:
        original = variant.original
        grouped.setdefault(original.id, (original, {}))[1][variant.attribute, variant.level] = variant
    return list(grouped.values())
