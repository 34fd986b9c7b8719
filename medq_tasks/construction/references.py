"""Reference texts of reasoning and comparison, written from what is known of each picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medq_tasks.construction.bank import Bank
from medq_tasks.construction.original import Original
from medq_tasks.construction.spec import Comparison
from medq_tasks.construction.variants import Variant
from medq_tasks.construction.writing import Writing

ORDINALS = ("first", "second")
Versions = Mapping[tuple[str | None, str], Variant]


@dataclass(frozen=True, slots=True)
class Description:
    """A no-reference item: a picture and its reference text."""

    variant: Variant
    reference: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A comparison item: two pictures of one original in the order shown, and the reference text."""

    first: Variant
    second: Variant
    difficulty: str
    reference: str


def make_descriptions(variants: Sequence[Variant], bank: Bank) -> list[Description]:
    """One item an original and level; an original that shows an attribute by itself is not called good."""
    writings: dict[str, Writing] = defaultdict(lambda: Writing(bank))
    made = []
    for original, versions in _by_original(variants):
        keys = [key for key, level in versions if key is not None and level == "mild"]
        writing = writings[versions[None, "none"].split]
        chosen = [] if original.source.shows else [versions[None, "none"]]
        for level in ("mild", "severe"):
            chosen += [versions[writing.turn.next(f"described {original.id}", keys), level]] if keys else []
        made += [Description(variant, describe(variant, writing)) for variant in chosen]
    return made


def make_pairs(variants: Sequence[Variant], bank: Bank, kinds: Sequence[Comparison]) -> list[Pair]:
    """The planned pairs of every original; the better image comes first in every second pair of a kind and split."""
    writings: dict[str, Writing] = defaultdict(lambda: Writing(bank))
    made = []
    for original, versions in _by_original(variants):
        keys = [key for key, level in versions if key is not None and level == "mild"]
        writing = writings[versions[None, "none"].split]
        for kind in kinds if keys else ():
            attribute = writing.turn.next(f"compared {original.id}", keys)
            other = writing.turn.next(f"compared {original.id}", keys) if kind.other else attribute
            better = versions[None if kind.better == "none" else attribute, kind.better]
            worse = versions[other, kind.worse]
            place = writing.turn.next(f"order {kind.difficulty}", (0, 1))
            first, second = (better, worse) if place == 0 else (worse, better)
            made.append(Pair(first, second, kind.difficulty, compare(first, second, place, writing)))
    return made


def describe(variant: Variant, writing: Writing) -> str:
    """Four or five sentences: subject, condition, what it does to the structures, what is absent, the label."""
    bank, turn, level = writing.bank.prose, writing.turn, variant.level
    templates = [
        turn.next("opening", bank.opening),
        turn.next(f"condition {level}", bank.condition[level]),
        turn.next(f"structures {level}", bank.structures[level]),
    ]
    sentences = [_filled(template, variant, writing, seen=_seen(variant, writing)) for template in templates]
    if free := writing.absent(variant):
        missing = writing.bank.attributes[turn.next(f"absence {variant.original.source.name}", free)]
        sentences.append(turn.next("absence", bank.absence).format(absent=missing.noun or missing.phrase))
    sentences.append(bank.conclusion.format(label=bank.labels[level]))
    return " ".join(sentences)


def compare(first: Variant, second: Variant, better: int, writing: Writing) -> str:
    """Five sentences: what is shown, each image's condition, the difference, and which has higher quality.

    `better` is 0 or 1, the place of the better image.
    """
    bank, turn = writing.bank.prose.pair, writing.turn
    names = {"better": ORDINALS[better], "worse": ORDINALS[1 - better]}
    sides = []
    for ordinal, variant in zip(ORDINALS, (first, second), strict=True):
        seen = _seen(variant, writing)
        template = turn.next(f"side {variant.level}", bank.side[variant.level])
        sides.append(template.format(ordinal=ordinal, seen=seen[:1].lower() + seen[1:]))
    return " ".join(
        [
            _filled(turn.next("pair opening", bank.opening), first, writing),
            *sides,
            _filled(turn.next("contrast", bank.contrast), first, writing, **names),
            turn.next("pair conclusion", bank.conclusion).format(**names),
        ]
    )


def _by_original(variants: Sequence[Variant]) -> list[tuple[Original, Versions]]:
    grouped: dict[str, tuple[Original, dict[tuple[str | None, str], Variant]]] = {}
    for variant in variants:
        entry = grouped.setdefault(variant.original.id, (variant.original, {}))
        entry[1][variant.attribute, variant.level] = variant
    return list(grouped.values())


def _seen(variant: Variant, writing: Writing) -> str:
    truth = writing.truth(variant)
    return "" if truth is None else truth.seen[variant.level]


def _filled(template: str, variant: Variant, writing: Writing, **words: str) -> str:
    structures = writing.structures(variant.original)
    return template.format(
        subject=writing.subject(variant.original),
        structures=structures,
        Structures=structures[0].upper() + structures[1:],
        **words,
    )
