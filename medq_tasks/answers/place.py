"""The answer that begins at a given place of a response: an option's letter, or an option's text."""

from __future__ import annotations

import re

from medq_tasks.answers.fold import WORD
from medq_tasks.answers.letters import alone, named, word_like
from medq_tasks.answers.negation import negated
from medq_tasks.answers.option_text import OptionTexts
from medq_tasks.answers.reading import AMBIGUOUS, NO_ANSWER, Candidate

_ARABIC = {"أ": "A", "ا": "A", "ب": "B", "ج": "C", "د": "D", "ه": "E"}
_ARABIC_ALONE = re.compile(r"[أابجده](?![\u0600-\u06ff])")
_AND = r"(?:and/or|or|and|oder|und|ou|et|o|y|e|или|и)"
# A second letter that is not the subject of a new clause ("B, C is wrong").
_OTHER_LETTER = re.compile(
    rf"[*_\"')\]]{{0,4}}(?:\s{{0,3}}[/,&+、]\s?(?:{_AND}\s)?|\s{{1,3}}{_AND}\s{{1,3}}|\s?[或和と]\s?)"
    rf"(?:(?:option|choice)\s)?[*_\"'(\[]{{0,4}}(?-i:([A-Z]))(?![{WORD}'\-])"
    rf"(?!\s{{1,3}}(?:is|isn't|was|would|does|doesn't|can|cannot|could|may|might|has|[a-z]{{3,12}}s)(?!\w))",
    re.IGNORECASE,
)
_OTHER_TEXT = re.compile(r"[\s*_\"']{0,4}(?:/|or|and|to|oder|ou|o|或|和)[\s*_\"']{1,4}(?:the\s)?", re.IGNORECASE)
_CLOSED = re.compile(
    rf"[\s*_\"')\]}}$]*(?:$|[.,;:!。，;、\n<(|]|(?:because|since|as|for|due|based|which|with)(?!\w)|[^\x00-{chr(0x24F)}\s])"
)


def closed(text: str, end: int) -> bool:
    """Whether a clause may end at `end`: punctuation, the end, "because" or another script follows."""
    return _CLOSED.match(text, end) is not None


def letter_at(text: str, at: int, options: OptionTexts, rule: str) -> Candidate | None:
    """The letter that stands at `at` as an answer, or None.

    A second letter beside it ("A or B") makes it ambiguous; a letter that no option has answers with none of them.
    """
    if arabic := _ARABIC_ALONE.match(text, at):
        letter = _ARABIC[arabic.group()]
        return Candidate(letter, rule, (at, at + 1)) if letter in options.letters else None
    letter = text[at : at + 1].upper()
    own = options.own(text, at, letter)
    end = own[1] if own else at + 1
    other = _OTHER_LETTER.match(text, end)
    stands = own or (
        alone(text, at, paired=other is not None and letter in options.letters)
        and not word_like(text, at)
        and not named(text, at)
    )
    if not stands or negated(text, at, end) or text[at + 1 : at + 2] == "?":
        return None
    if other and other[1] in options.letters - {letter}:
        return Candidate(None, AMBIGUOUS, (at, other.end(1)))
    if letter in options.letters:
        return Candidate(letter, rule, (at, at + 1))
    return Candidate(None, NO_ANSWER, (at, at + 1)) if closed(text, at + 1) else None


def text_at(text: str, at: int, options: OptionTexts, rule: str) -> Candidate | None:
    """The option whose text stands at `at` as an answer, or None; "mild or moderate" is ambiguous."""
    found = options.at(text, at)
    if found is None or negated(text, *found[1]):
        return None
    letter, (start, end) = found
    joined = _OTHER_TEXT.match(text, end)
    other = options.anywhere.match(text, joined.end()) if joined else None
    if other is not None and options.letter(other) != letter:
        return Candidate(None, AMBIGUOUS, (start, other.end()))
    return Candidate(letter, rule if letter else AMBIGUOUS, (start, end))
