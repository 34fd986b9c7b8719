"""The words for image quality, found in a text: the attribute of each, as problem, merit or quantity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

Kind = Literal["defect", "merit", "scale"]
PATH = Path(__file__).with_name("lexicon.yaml")
GENERIC_ARTIFACT = "artifact"
DETAIL = "detail"
_SECTIONS: dict[str, Kind] = {"defects": "defect", "merits": "merit", "scales": "scale"}
_ARTIFACT_TAIL = r"(?:[\s-]+art[ei]facts?)?"


@dataclass(frozen=True, slots=True)
class Term:
    """The words of one attribute and kind, compiled; `modalities` is empty when the word means the same everywhere."""

    pattern: re.Pattern[str]
    attribute: str
    kind: Kind
    modalities: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text where an attribute is named, as character positions."""

    start: int
    end: int
    attribute: str
    kind: Kind


def mentions(text: str, *, modality: str | None = None) -> list[Mention]:
    """All mentions in lower-case `text`, in order, none overlapping; of two that overlap the longer one counts.

    With a modality, words that belong to others alone are left out; without one, all words count.
    """
    found = [
        Mention(match.start(), match.end(), term.attribute, term.kind)
        for term in terms()
        if modality is None or not term.modalities or modality in term.modalities
        for match in term.pattern.finditer(text)
    ]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda one: one.start)


@cache
def terms() -> tuple[Term, ...]:
    """The lexicon, compiled once."""
    entries = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return tuple(
        Term(
            _compiled(words, tail=bool(entry.get("artifact"))), attribute, kind, frozenset(entry.get("modalities", ()))
        )
        for attribute, entry in entries.items()
        for section, kind in _SECTIONS.items()
        if (words := entry.get(section))
    )


@cache
def artifact_kinds() -> frozenset[str]:
    """The attributes that are kinds of artifacts, without the general word itself."""
    entries = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return frozenset(attribute for attribute, entry in entries.items() if entry.get("artifact"))


def _compiled(words: list[str], *, tail: bool) -> re.Pattern[str]:
    """One pattern for the words of a section, the longest first, so that "fine detail" is not read as "detail"."""
    longest_first = sorted(words, key=len, reverse=True)
    bodies = (r"[\s-]+".join(re.escape(part).replace(r"\*", r"\w*") for part in word.split()) for word in longest_first)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(bodies)}){_ARTIFACT_TAIL if tail else ''}(?!\w)")
