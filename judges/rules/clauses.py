"""Splitting a description into sentences and clauses: the reach of a negation, a judging word, an image's name."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"[*#`_]+|^\s*>+", re.MULTILINE)
_BULLET = re.compile(r"^\s*(?:[-•]|\d+[.)])\s+", re.MULTILINE)
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
    return [part.strip() for part in _SENTENCE_END.split(plain(text)) if part.strip()]


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence: cut before words of contrast and before a new subject after a comma.

    >>> clauses("It is sharp, but noise is high")
    ['It is sharp', 'but noise is high']
    """
    return [part.strip() for part in _CLAUSE.split(sentence) if part.strip()]
