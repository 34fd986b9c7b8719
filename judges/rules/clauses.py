"""Splitting a description into sentences and clauses: the reach of a negation, a judging word, an image's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARKUP = re.compile(r"[*#`_]+|^[ \t]*>+", re.MULTILINE)
LONGEST_SENTENCE_CHARACTERS = 1200
LONGEST_CLAUSE_CHARACTERS = 400
_BULLET = re.compile(r"^[ \t]*(?:[-•]|\d+[.)])[ \t]+", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?;。])[\"')\]]*\s+|\n+")
_QUOTES = str.maketrans("’‘“”‑–—", "''\"\"---")
_CLAUSE = re.compile(
    r"(?:,\s*|\s+)(?=\b(?:but|however|although|though|while|whereas|yet|except)\b)"
    r"|,\s*(?=(?:and|or|so)\s+(?:the|its?|this|these|there|a|an|image|both)\b)"
    r"|,\s*(?=(?:which|with|making|resulting|leading|causing|allowing|providing|reducing|limiting|it|the|these|this)\b)"
    r"|(?<!-)\s+-\s+|(?<=despite this),\s*|\s+(?=despite\b)"
)


def plain(text: str) -> str:
    """The text without Markdown and typographic quotes and dashes, capitals kept.

    >>> plain("**Overall**, it’s *good*")
    "Overall, it's good"
    """
    return _BULLET.sub("", _MARKUP.sub("", text.translate(_QUOTES))).strip()


def sentences(text: str) -> list[str]:
    """The sentences and lines of the plain text, in order; empty ones left out.

    >>> sentences("Noise is low (SNR 2.5). Overall, good.")
    ['Noise is low (SNR 2.5).', 'Overall, good.']
    """
    parts = (part.strip() for part in _SENTENCE_END.split(plain(text)))
    return [piece for part in parts if part for piece in _pieces(part, LONGEST_SENTENCE_CHARACTERS)]


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence: cut before words of contrast and before a new subject after a comma.

    >>> clauses("It is sharp, but noise is high")
    ['It is sharp', 'but noise is high']
    """
    parts = (part.strip() for part in _CLAUSE.split(sentence))
    return [piece for part in parts if part for piece in _pieces(part, LONGEST_CLAUSE_CHARACTERS)]


def _pieces(part: str, longest: int) -> Iterator[str]:
    """The part cut at spaces into bounded pieces: a model that repeats one word for pages must cost linear time."""
    while len(part) > longest:
        cut = part.rfind(" ", 1, longest)
        cut = cut if cut > 0 else longest
        yield part[:cut].strip()
        part = part[cut:].strip()
    if part:
        yield part
