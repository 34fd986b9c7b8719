"""The texts of the options, found in a response: longest first, whole words only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from medq_tasks.answers.fold import WORD, fold
from medq_tasks.answers.reading import Span
from medq_tasks.item import Option

_YES = r"yes|yeah|yep|是的|是|对|はい|예|네|sí|si|oui|ja|да|sim|sì|نعم"
_NO = r"no|nope|否|不是|没有|いいえ|아니요|아니오|non|nein|нет|não|لا"
_HEAD = re.compile(rf"(?:(?P<yes>yes)|(?P<no>no))(?![{WORD}])(?!-[{WORD}])", re.IGNORECASE)
_BARE = re.compile(r"(?:yes|no)[.!]?", re.IGNORECASE)
# "No, ..." and "no." answer; "no artifact" does not.
_ENDS = r"(?=[\s*_\"'`)\]}]*(?:$|[.,;:!\n。，、；！—–|<(]|[ ]-[ ]))"
_ENDS_OR_REASON = _ENDS[:-2] + r"|\s(?:because|since|as|for|due|the|there|it|this|these|they|I|we)(?!\w)))"
_NEVER = r"(?!)"


@dataclass(frozen=True, slots=True)
class OptionTexts:
    """The patterns of one item's options.

    `anywhere` matches an option's text; `start` also a lone "Yes" or "No" for options that begin so; `behind` the text
    right behind a letter and a mark ("C-Severe"). Group names give the letter through `letter_of`, None where two
    options share a text. `texts` holds (plain text, letter).
    """

    letters: frozenset[str]
    anywhere: re.Pattern[str]
    start: re.Pattern[str]
    behind: re.Pattern[str]
    letter_of: Mapping[str, str | None]
    texts: tuple[tuple[str, str], ...]

    def letter(self, found: re.Match[str]) -> str | None:
        """The option that a match stands for, or None where two options have the same text."""
        return self.letter_of[found.lastgroup or ""]

    def at(self, text: str, start: int) -> tuple[str | None, Span] | None:
        """The option whose text begins at `start`, with the text's place."""
        found = self.start.match(text, start)
        return None if found is None else (self.letter(found), found.span())

    def own(self, text: str, at: int, letter: str) -> Span | None:
        """The place of the text of option `letter`, where that text follows the letter at `at` ("B. Mild")."""
        gap = _GAP.match(text, at + 1)
        found = self.behind.match(text, gap.end()) if gap else None
        return found.span() if found and self.letter(found) == letter.upper() else None


_GAP = re.compile(r"[\s.):、,*_\"'(\-–—=>\]]{1,8}")


@lru_cache(maxsize=4096)
def option_texts(options: tuple[Option, ...]) -> OptionTexts:
    """The patterns for `options`; an option without text is found by its letter only."""
    by_text: dict[str, list[str]] = {}
    for option in options:
        if key := _key(option.text):
            by_text.setdefault(key, []).append(option.letter.upper())
    texts = sorted(by_text, key=len, reverse=True)
    names = [(f"o{i}", by_text[text][0] if len(by_text[text]) == 1 else None) for i, text in enumerate(texts)]
    heads = _heads(options)
    yes_no = "".join(f"|(?P<{word}>(?:{forms}){_ENDS_OR_REASON})" for word, _, forms in heads)
    return OptionTexts(
        letters=frozenset(option.letter.upper() for option in options),
        anywhere=_compile(_left(text) + _right(text) for text in texts),
        start=_compile((_left(text) + _right(text) for text in texts), yes_no),
        behind=_compile(_right(text) for text in texts),
        letter_of=dict(names) | {word: letter for word, letter, _ in heads},
        texts=tuple((_key(option.text), option.letter.upper()) for option in options),
    )


def is_yes_or_no(text: str) -> bool:
    """Whether an option's text is nothing but yes or no."""
    return _BARE.fullmatch(text) is not None


def _key(text: str) -> str:
    return " ".join(fold(text).casefold().split()).strip(" \t.;:,!*_`\"'")


def _compile(patterns: Iterable[str], more: str = "") -> re.Pattern[str]:
    groups = "|".join(f"(?P<o{i}>{pattern})" for i, pattern in enumerate(patterns)) or _NEVER
    return re.compile(groups + more, re.IGNORECASE)


def _left(text: str) -> str:
    """What must stand before a text: no letter, no hyphenated word, no digits of a longer number."""
    if is_yes_or_no(text):
        return rf"(?<![{WORD}])(?<![{WORD}][-/])(?<!(?<![{WORD}])or )(?<!(?<![{WORD}])and )"
    return rf"(?<![{WORD}])(?<![{WORD}]-)(?<!\d[.,])" if re.match(f"[{WORD}]", text) else ""


def _right(text: str) -> str:
    """The text itself and what must stand after it."""
    body = r"[\s*_`]{1,4}".join(re.escape(word) for word in text.split(" "))
    if is_yes_or_no(text):
        return body + _ENDS
    if not re.search(f"[{WORD}]$", text):
        return body
    return body + _plural(text) + rf"(?![{WORD}])(?!-[{WORD}])" + _number_end(text)


def _plural(text: str) -> str:
    """The ending that a plural may add or that a singular may drop: "metal artifact(s)"."""
    if re.search("[a-z]{3}[^s]s$", text):
        return "?"
    return "s?" if re.search("[a-z]{3}[^s\\d]$", text) else ""


def _number_end(text: str) -> str:
    return r"(?![.,]\d)(?!\s?%)" if text[-1].isdigit() else ""


def _heads(options: Sequence[Option]) -> list[tuple[str, str, str]]:
    """For each of yes and no: its name, the one option that begins with it, and its forms in other languages."""
    begins: dict[str, list[str]] = {"yes": [], "no": []}
    for option in options:
        if head := _HEAD.match(_key(option.text)):
            begins["yes" if head["yes"] else "no"].append(option.letter.upper())
    forms = {"yes": _YES, "no": _NO}
    return [(word, letters[0], forms[word]) for word, letters in begins.items() if len(letters) == 1]
