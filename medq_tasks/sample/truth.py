"""What is known about a variant by construction: the applied attribute, and those that are certainly absent."""

from __future__ import annotations

from medq_tasks.sample.catalogue import attributes, plan
from medq_tasks.sample.variants import Variant


def absent(variant: Variant) -> tuple[str, ...]:
    """The attributes that the image certainly does not show, in the order of the modality's vocabulary.

    Left out are those that the original shows by itself, those of the family of the applied one, and those that its
    traces could be taken for. The original's own attributes come first, so that questions about absence and presence
    ask about the same things.
    """
    known = attributes()
    original, truth = variant.original, variant.truth
    free = [key for key in plan().vocabulary[original.modality] if key not in original.shows]
    if truth is not None:
        free = [key for key in free if known[key].family != truth.family and key not in truth.unlike]
    return tuple(sorted(free, key=lambda key: key not in original.attributes))


def distractors(variant: Variant) -> tuple[str, ...]:
    """Wrong options of a What question: first what is certainly absent, then what is present but not applied."""
    known = attributes()
    truth = variant.truth
    first = absent(variant)
    if truth is None:
        return first
    others = [key for key in plan().vocabulary[variant.original.modality] if known[key].family != truth.family]
    second = [key for key in others if key not in first and key not in variant.original.shows]
    return (*first, *second)
