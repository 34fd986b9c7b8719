"""What the words of a question and of its options stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class Family(BaseModel):
    """A kind of degradation: words for it, words for its absence, and the attribute it means in a modality."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    good: tuple[str, ...] = ()
    attributes: Mapping[str, str]

    def attribute(self, modality: str | None) -> str:
        """The attribute's key."""
        return self.attributes.get(modality or "any", self.attributes["any"])


class Lexicon(BaseModel):
    """`lexicon.yaml`; its head says what the patterns are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    modalities: Mapping[str, tuple[str, ...]]
    families: Mapping[str, Family]
    overall: Mapping[str, tuple[str, ...]]
    options: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a text is about: an attribute's key, or None for the image as a whole; `good` if it names its absence."""

    attribute: str | None
    good: bool


@cache
def lexicon() -> Lexicon:
    """The lexicon."""
    text = files(__package__).joinpath("lexicon.yaml").read_text(encoding="utf-8")
    return Lexicon.model_validate(yaml.safe_load(text))


def modality_of(text: str) -> str | None:
    """The modality that the text names, None where it names none.

    >>> modality_of("Is this chest X-ray sharp?"), modality_of("Is this sharp?")
    ('xray', None)
    """
    return _longest({(name, False): words for name, words in lexicon().modalities.items()}, text)[0]


def topic_of(text: str, modality: str | None) -> Topic:
    """The attribute that the text names by its longest match; the whole image where no attribute is named.

    >>> topic_of("Is this image sharp?", None), topic_of("Does the scan show motion blur?", None).attribute
    (Topic(attribute='blur', good=True), 'motion_blur')
    """
    patterns: dict[tuple[str, bool], Sequence[str]] = {}
    for name, family in lexicon().families.items():
        patterns[name, False] = family.words
        patterns[name, True] = family.good
    named, good = _longest(patterns, text)
    if named is not None:
        return Topic(lexicon().families[named].attribute(modality), good)
    bad = says(text, lexicon().overall["bad"])
    return Topic(None, not bad)


def says(text: str, patterns: Sequence[str]) -> bool:
    """Whether one of the patterns starts at a word of the text."""
    return any(re.search(rf"(?<![a-z]){pattern}", text.lower()) for pattern in patterns)


def _longest(patterns: Mapping[tuple[str, bool], Sequence[str]], text: str) -> tuple[str | None, bool]:
    """The name whose pattern matches the longest piece of text, the first of equals; (None, False) without a match."""
    best: tuple[str | None, bool] = (None, False)
    length = 0
    for named, words in patterns.items():
        for word in words:
            for match in re.finditer(rf"(?<![a-z]){word}", text.lower()):
                if len(match[0]) > length:
                    best, length = named, len(match[0])
    return best
