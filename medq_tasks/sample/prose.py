"""Reference texts of the sample set: descriptions and comparisons, written from the known degradations."""

from __future__ import annotations

from medq_tasks.sample.catalogue import Original, attributes, prose
from medq_tasks.sample.rotation import Rotation
from medq_tasks.sample.truth import absent
from medq_tasks.sample.variants import Variant

ORDINALS = ("first", "second")


def describe(variant: Variant, turn: Rotation) -> str:
    """Four or five sentences: subject, condition, what it does to the structures, what is absent, the label."""
    bank = prose()
    sentences = [
        _filled(turn.next("opening", bank.opening), variant.original),
        _filled(
            turn.next(f"condition {variant.level}", bank.condition[variant.level]), variant.original, seen=seen(variant)
        ),
        _filled(turn.next(f"structures {variant.level}", bank.structures[variant.level]), variant.original),
    ]
    if free := absent(variant):
        missing = attributes()[turn.next(f"absence {variant.original.id}", free)]
        sentences.append(turn.next("absence", bank.absence).format(absent=missing.noun or missing.phrase))
    sentences.append(bank.conclusion.format(label=bank.labels[variant.level]))
    return " ".join(sentences)


def compare(first: Variant, second: Variant, better: int, turn: Rotation) -> str:
    """Five sentences: what is shown, each image's condition, the difference, and which has higher quality.

    `better` is 0 or 1, the place of the better image.
    """
    bank = prose().pair
    names = {"better": ORDINALS[better], "worse": ORDINALS[1 - better]}
    sides = [
        turn.next(f"side {variant.level}", bank.side[variant.level]).format(
            ordinal=ordinal, seen=_lower_first(seen(variant))
        )
        for ordinal, variant in zip(ORDINALS, (first, second), strict=True)
    ]
    return " ".join(
        [
            _filled(turn.next("pair opening", bank.opening), first.original),
            *sides,
            _filled(turn.next("contrast", bank.contrast), first.original, **names),
            turn.next("pair conclusion", bank.conclusion).format(**names),
        ]
    )


def seen(variant: Variant) -> str:
    """The sentence about the applied attribute at its level; empty for an original."""
    return "" if variant.truth is None else variant.truth.seen[variant.level]


def _filled(template: str, original: Original, **words: str) -> str:
    structures = original.structures
    return template.format(
        subject=original.subject, structures=structures, Structures=structures[0].upper() + structures[1:], **words
    )


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
