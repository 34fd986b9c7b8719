"""One spelling for many: fullwidth, circled and look-alike letters become plain ones, character for character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Characters that belong to a word of an alphabet. Chinese, Japanese and Korean signs are not among them: a letter
# that stands between them ("答案是C。") stands alone.
WORD = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f"

# The edges of a word. Case is kept for them: compiling so wide a class for both cases costs milliseconds each time.
START = rf"(?-i:(?<![{WORD}]))"
END = rf"(?-i:(?![{WORD}]))"

_QUOTES = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-"}
_CYRILLIC = dict(zip("АВСЕНКМОРТХЅІЈ", "ABCEHKMOPTXSIJ", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
_LOOK_ALIKE = _CYRILLIC | _GREEK
# A lone Cyrillic capital before a lower-case word is a Russian preposition or conjunction ("В данном случае").
_LONE_LOOK_ALIKE = re.compile(rf"(?<![{WORD}])[{''.join(_LOOK_ALIKE)}](?![{WORD}]|[ ]+[\u0430-\u044f])")
_INVISIBLE = {"Cf", "Cc"}


class _Table(dict[int, str]):
    """A translation table that works out a character's plain form when it first meets it."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


def _plain(character: str) -> str:
    if character in _QUOTES:
        return _QUOTES[character]
    if character not in "\n\r\t" and unicodedata.category(character) in _INVISIBLE:
        return " "
    form = unicodedata.normalize("NFKC", character)
    return form if len(form) == 1 else _enclosed(character)


def _enclosed(character: str) -> str:
    """The letter of "⒝", whose normal form is three characters, or the character itself."""
    letters = [part for part in unicodedata.normalize("NFKC", character) if part.isascii() and part.isalpha()]
    return letters[0] if len(letters) == 1 and unicodedata.category(character) == "So" else character


_TABLE = _Table()


def fold(text: str) -> str:
    """`text` with plain letters, digits, quotes and hyphens; the length stays, so that positions still hold.

    A Cyrillic or Greek capital that looks like a Latin one becomes Latin where it stands alone.

    >>> fold("答案：Ｂ"), fold("Ответ: В")
    ('答案:B', 'Ответ: B')
    """
    if text.isascii():
        return text
    plain = text.translate(_TABLE)
    return _LONE_LOOK_ALIKE.sub(lambda found: _LOOK_ALIKE[found.group()], plain)


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with the characters of `spans` (in rising order, apart from each other) as spaces; line ends stay."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], re.sub(r"[^\n]", " ", text[start:end])]
        at = end
    return "".join([*pieces, text[at:]])
