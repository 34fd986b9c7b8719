"""The concluding quality level of a single-image description: good, usable or reject, from best to worst."""

from __future__ import annotations

import re
from dataclasses import dataclass

from judges.rules.clauses import sentences

LEVELS = ("reject", "usable", "good")

_PUBLISHED = re.compile(
    r"overall,?\s+the\s+quality\s+of\s+(?:this|the)\s+image\s+is\s*:?\s*[\"'\[(]*(good|usable|reject)(?:ed)?\b"
)
_ALTERNATIVE = re.compile(r"\b(?:good|usable|reject)\s*(?:[/|-]|,?\s+(?:or|and|to)\s)\s*(?:good|usable|reject)")
_ECHO = re.compile(r"good\s*[/|,]\s*usable\s*(?:[/|,]|,?\s*or)\s*(?:reject|unusable)\w*")
_ANCHOR = re.compile(
    r"\b(?:quality|overall|conclu\w+|judg\w+|rated?|rating|classif\w+|verdict|assess\w+|graded?|deemed|considered)\b"
)
_AFTER_LEVEL = (
    r"(?=\s*(?:[.,;:!?)\]\"'-]|$)|\s+(?:quality|image|overall|and|but|for|with|enough|due|because|in|on|as|category|level"
    r"|grade|diagnostic|despite|though|although|given|rather|at|to|by|under|when|or)\b)"
)
_STATED = (
    ("usable", re.compile(rf"\bnot\s+(?:to\s+be\s+)?reject\w*|\busable{_AFTER_LEVEL}")),
    (
        "reject",
        re.compile(
            r"(?<!not )(?<!not to be )\breject(?:ed|ion|able)?\b|\b(?:un|non-?)usable\b|\bnot\s+(?:\w+ly\s+)?usable\b"
        ),
    ),
    ("good", re.compile(rf"\bgood{_AFTER_LEVEL}")),
)
_UNMISTAKABLE = tuple((level, pattern) for level, pattern in _STATED if level != "good")
_QUALITY = re.compile(r"\bquality\b|\bimage\b.*\bis\b")
_SYNONYMS = (
    (
        "reject",
        re.compile(
            r"\b(?:un|in)acceptable\b|\bnon-?diagnostic\b|\bunsuitable\b|\bunreliable\b"
            r"|\bnot\s+(?:\w+ly\s+)?(?:reliable|suitable|acceptable|adequate|sufficient|diagnostic|interpretable)\b|\binsufficient\b"
            r"|\b(?:poor|low|bad|inadequate)(?=\s+(?:\w+\s+)?quality|[.,;]|$|\s+(?:and|due|for|because)\b)"
            r"|\b(?:must|should) be repeated\b|\b(?:needs?|requires?) (?:repeat|re-?acqui|re-?tak|re-?scan)\w*"
        ),
    ),
    (
        "usable",
        re.compile(
            r"\b(?<!un)(?<!not )(?:acceptable|adequate|fair|moderate|average|satisfactory|suboptimal|sub-optimal"
            r"|sufficient|borderline|mediocre)\b"
        ),
    ),
    (
        "good",
        re.compile(
            r"\b(?:excellent|outstanding|optimal)\b|\bhigh(?=[\s-]+(?:\w+\s+)?quality)|\bquality\b.*\bis\s+(?:\w+\s+)?high\b"
        ),
    ),
)
_CONTRASTED = re.compile(
    r"\b(?:rather than|instead of|not|but not|never|neither|nor|far from|less than|short of)\s+"
    r"(?:\w+ly\s+|an?\s+|really\s+|quite\s+|\"|')*$"
)


@dataclass(frozen=True, slots=True)
class Grade:
    """The level, or None; `rule` is "published", "stated", "synonym", "ambiguous" or "no_conclusion"."""

    level: str | None
    rule: str


def read_grade(text: str) -> Grade:
    """The level that the description ends in.

    First the sentence that the prompt asks for; then, from the last sentence backwards, one that speaks of quality or
    concludes and names a level ("usable" and "reject" count in any sentence); then a synonym of a closed list ("poor"
    is reject, "acceptable" usable) in a sentence about the quality. Two levels in one conclusion are "ambiguous", as is
    the prompt's own "good/usable/reject" left standing.

    >>> read_grade("Sharp edges. Overall, the quality of this image is good.")
    Grade(level='good', rule='published')
    """
    parts = [sentence.lower() for sentence in sentences(text)]
    for sentence in reversed(parts):
        published = {match.group(1) for match in _PUBLISHED.finditer(sentence)}
        if published:
            return Grade(None, "ambiguous") if _ALTERNATIVE.search(sentence) else _one(published, "published")
    concluding = [sentence for sentence in reversed(parts) if _ANCHOR.search(sentence)]
    about_quality = [sentence for sentence in concluding if _QUALITY.search(sentence)]
    searches = (
        ("stated", concluding, _STATED),
        ("stated", parts[::-1], _UNMISTAKABLE),
        ("synonym", about_quality, _SYNONYMS),
    )
    for rule, where, patterns in searches:
        for sentence in where:
            if _ECHO.search(sentence):
                return Grade(None, "ambiguous")
            levels = _found(sentence, patterns)
            if levels:
                return _one(levels, rule)
    return Grade(None, "no_conclusion")


def _one(levels: set[str], rule: str) -> Grade:
    return Grade(next(iter(levels)), rule) if len(levels) == 1 else Grade(None, "ambiguous")


def _found(sentence: str, patterns: tuple[tuple[str, re.Pattern[str]], ...]) -> set[str]:
    """The levels named in a sentence, without those named only to be denied ("usable rather than good")."""
    return {
        level
        for level, pattern in patterns
        for match in pattern.finditer(sentence)
        if level == "reject" or not _CONTRASTED.search(sentence[: match.start()])
    }


def grade_distance(one: str, other: str) -> int:
    """Steps between two levels: 0 the same, 1 adjacent, 2 good against reject.

    >>> grade_distance("good", "reject")
    2
    """
    return abs(LEVELS.index(one) - LEVELS.index(other))
