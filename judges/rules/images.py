"""Which of two images a text speaks of: first or second, left or right, 1 or 2, A or B, former or latter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Which = Literal["first", "second"]
PAIR: tuple[Which, Which] = ("first", "second")

_NOUN = (
    r"(?:image|scan|picture|slide|photo|photograph|panel|slice|radiograph|frame|view|one|section|sample|x-ray|mri|ct"
    r"|mammogram|ultrasound|sonogram|angiogram|micrograph|version)s?"
)
_ORDINAL = r"(?P<ordinal>first|second|1st|2nd|left|right|former|latter|left-hand|right-hand|leftmost|rightmost)"
_VERB = (
    r"(?:is|has|shows?|appears?|exhibits?|displays?|offers?|provides?|demonstrates?|suffers?|looks?|contains?"
    r"|presents?)"
)
_NAMED = re.compile(
    rf"\b{_ORDINAL}(?:\s+(?!image|and\b|or\b)[\w-]+){{0,3}}?\s+{_NOUN}\b"
    rf"|\bthe\s+(?P<bare>first|second|former|latter|left|right)(?=\s*(?:[.,;:)]|$)|\s+(?:\w+ly\s+)?{_VERB}\b|\s+and\b)"
    r"|\b(?:image|scan|picture|figure|photo|panel|slide|option)\s*[#(]?(?P<number>[12]|one|two)\b"
    r"|\b(?:[Ii]mage|IMAGE|[Ss]can|[Pp]icture|[Ff]igure|[Pp]hoto|[Pp]anel|[Ss]lide|[Oo]ption)\s*\(?(?P<letter>[AB])\b"
    r"|\b(?:image|picture|photo|scan)\s+on\s+the\s+(?P<side>left|right)\b",
)
_BOTH = re.compile(
    rf"\b(?:both|each|either|neither|the two)\s+(?:of\s+(?:the|these)\s+)?(?:[\w-]+\s+){{0,2}}?{_NOUN}\b|^both\b"
)
_OBJECT = re.compile(
    r"(?:\bthan\b|\bcompared\s+(?:to|with)\b|\bover\b|\bversus\b|\bvs\.?|\brelative\s+to\b|\bunlike\b"
    r"|\b(?:in\s+)?(?:contrast|comparison)\s+(?:to|with)\b|\bas\s+opposed\s+to\b|\b(?:inferior|superior|preferable)\s+to\b"
    r"|\bsurpass\w*|\boutperform\w*|\bexceed\w*|\brather\s+than\b|\binstead\s+of\b|\bnot\s+as\s+\w+\s+as\b"
    r"|\bas\s+\w+\s+as\b)\s*(?:(?:that|those|what)\s+(?:of|in|seen in)\s+)?(?:the\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
_SECOND = frozenset({"second", "2nd", "right", "right-hand", "rightmost", "latter", "2", "two", "b"})


@dataclass(frozen=True, slots=True)
class ImageName:
    """A place where one of the two images is named; `is_object` after "than", "compared to" and their like."""

    start: int
    end: int
    which: Which
    is_object: bool


def image_names(text: str) -> list[ImageName]:
    """All names of the first or the second image in the text (capitals kept: "image A" is a name, "image a" is none).

    >>> [name.which for name in image_names("The left image is sharper than Image B.")]
    ['first', 'second']
    """
    lowered = _lowered_but_letters(text)
    return [
        ImageName(match.start(), match.end(), _which(match), _OBJECT.search(lowered[: match.start()]) is not None)
        for match in _NAMED.finditer(lowered)
    ]


def names_both(text: str) -> bool:
    """Whether the text speaks of both images at once ("both images", "the two scans")."""
    return _BOTH.search(text.lower()) is not None


def _which(match: re.Match[str]) -> Which:
    word = next(group for group in match.groupdict().values() if group is not None)
    return "second" if word.lower() in _SECOND else "first"


def _lowered_but_letters(text: str) -> str:
    """The text in lower case, except a lone capital A or B."""
    return re.sub(r"\b(?![AB]\b)\w+", lambda word: word.group().lower(), text)
