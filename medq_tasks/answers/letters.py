"""Option letters that stand alone, told apart from the article "A", from "B-mode" and from letters inside words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from medq_tasks.answers.fold import END, START, WORD

_ALONE = re.compile(
    rf"{START}"  # not inside a word
    rf"(?<![{WORD}]['\-&/+^])(?<!°)"  # not "2-D", "N/A", "d'A", "37 °C"
    rf"(?<!{START}(?-i:[A-Za-z])\.)"  # not the second letter of "U.S."
    rf"(?-i:[A-Za-z]){END}"
)
# "B-mode", "C'est", "A/P", "E.coli"
_JOINED = re.compile(rf"['\-&/+^][{WORD}]|\.[A-Za-z0-9]")
# After these a letter is a name of something else: "vitamin C", "Figure A", "grade B".
_NAMED_BEFORE = re.compile(
    rf"{START}(?:vitamin|hepatitis|influenza|figure|fig\.?|panel|grade|type|class|stage|group|phase|zone|level"
    rf"|category|factor|protein|table|section|appendix|plate|lead|plane|image|scan|series|view|slice|region|area|arrow"
    rf"|marker|point|label(?:l?ed)?|child-pugh|patient|sample|scanner|reader|hospital|site|room|unit|model|team|gram"
    rf"|\d)[ \t]{{1,3}}[\"'(\[*]{{0,3}}\Z",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    rf"[ \t]?(?:(?:mode|arm|scan|scans|line|lines|cells?|coli|wave|waves|flow|type|weighted|weighting|section|value"
    rf"|level|Gy|test|dimer|sign|loop){END}|\.[ ]?coli|[超臂型光线線级級期]|モード|アーム|スキャン|모드|형)",
    re.IGNORECASE,
)
# Words that cannot follow the article "a", so that the letter before them is an option.
_NOT_AFTER_ARTICLE = re.compile(
    r"""\s+(?:because|since|as|is|isn't|was|wasn't|would|which|that|this|these|and|or|nor|but|so|for|due|based|given
    |in|on|at|of|to|from|by|if|not|are|were|here|there|best|fits|matches|describes|seems|appears|should|must|can
    |cannot|can't|doesn't|does|the|it|I|rather|instead|with)(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD_FOLLOWS = re.compile(rf"[ \t]*[*_]{{0,3}}[ \t]+[*_\"'(]{{0,3}}[{WORD}]")
BEFORE = 48  # characters of context that decide about a letter


def standing(text: str) -> Iterator[int]:
    """Where letters stand alone to their left, and whatever a text may follow ("B.Mild", "C-Severe") to their right."""
    for found in _ALONE.finditer(text):
        yield found.start()


def letters(text: str) -> Iterator[int]:
    """Where letters stand alone, from left to right."""
    return (at for at in standing(text) if _JOINED.match(text, at + 1) is None)


def alone(text: str, at: int, *, paired: bool = False) -> bool:
    """Whether the character at `at` is a letter that stands alone; `paired` allows "A/B"."""
    return _ALONE.match(text, at) is not None and (paired or _JOINED.match(text, at + 1) is None)


def named(text: str, at: int) -> bool:
    """Whether the letter names something that is no option: "vitamin C", "B mode", "C臂"."""
    before = text[max(0, at - BEFORE) : at]
    return _NAMED_BEFORE.search(before) is not None or _NAMED_AFTER.match(text, at + 1) is not None


def word_like(text: str, at: int) -> bool:
    """Whether the letter reads as a word of the sentence: the article "a", the pronoun "I", "e", "o", "y".

    A capital consonant never does; a lower-case letter does whenever a word follows.
    """
    if text[at] not in "AEIOUY" and text[at].isupper():
        return False
    return _WORD_FOLLOWS.match(text, at + 1) is not None and _NOT_AFTER_ARTICLE.match(text, at + 1) is None
