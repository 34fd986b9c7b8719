"""The key visual facts of a description (K in the paper's formulas): attribute, of which image, how severe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from judges.rules.clauses import clauses, sentences
from judges.rules.degree import severity
from judges.rules.images import PAIR, ImageName, Which, image_names, names_both
from judges.rules.lexicon import Mention, mentions
from judges.rules.words import ABSENT

_NOT_THE_ATTRIBUTE = (
    ("in contrast", "in turn,,,,"),
    ("by contrast", "by turn,,,,"),
    ("contrast agent", "agent,,,,,,,,"),
    ("contrast medium", "medium,,,,,,,,"),
    ("contrast-enhanced", "enhanced,,,,,,,,,"),
    ("contrast enhanced", "enhanced,,,,,,,,,"),
    ("contrasting", "differing,,"),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What a fact is about: an attribute, and in a comparison the image (None where the text names none)."""

    attribute: str
    image: Which | None = None


Facts = Mapping[Fact, int]


def facts(text: str, *, modality: str | None = None, paired: bool = False) -> Facts:
    """Severity by fact: 0 the problem is denied or its opposite praised, 1 mild, 2 moderate or not graded, 3 severe.

    A text that both states and denies a problem states it, with the highest severity given. In a comparison a clause
    that names no image speaks of the image named last. A text without quality words gives an empty mapping.
    """
    found: dict[Fact, int] = {}
    current: tuple[Which | None, ...] = (None,)
    for sentence in sentences(text):
        for clause in clauses(sentence):
            names = [name for name in image_names(clause) if not name.is_object] if paired else []
            current = _spoken_of(clause, names, current) if paired else current
            _collect(clause, names, current, modality, found)
    return found


def _collect(
    clause: str,
    names: list[ImageName],
    current: tuple[Which | None, ...],
    modality: str | None,
    found: dict[Fact, int],
) -> None:
    lowered = _without_other_meanings(clause.lower())
    named = mentions(lowered, modality=modality)
    for mention in named:
        grade = severity(lowered, mention, [other for other in named if other != mention])
        if grade is None:
            continue
        for image in _images_of(mention, names, current):
            fact = Fact(mention.attribute, image)
            found[fact] = max(found.get(fact, ABSENT), grade)


def _spoken_of(clause: str, names: list[ImageName], current: tuple[Which | None, ...]) -> tuple[Which | None, ...]:
    """The image or images that a clause speaks of, or those of the clause before it."""
    if names:
        return (names[-1].which,)
    return PAIR if names_both(clause) else current


def _images_of(mention: Mention, names: list[ImageName], current: tuple[Which | None, ...]) -> tuple[Which | None, ...]:
    """In a clause that names both images, the nearest name before the mention, else the next one after it."""
    if len({name.which for name in names}) < 2:
        return current
    before = [name for name in names if name.end <= mention.start]
    return ((before[-1] if before else names[0]).which,)


def _without_other_meanings(clause: str) -> str:
    """The clause with phrases blanked in which a quality word means something else, at unchanged positions."""
    for phrase, filler in _NOT_THE_ATTRIBUTE:
        clause = clause.replace(phrase, filler)
    return clause
