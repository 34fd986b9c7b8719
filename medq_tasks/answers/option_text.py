"""The texts of the options, found in a response: longest first, whole words only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from medq_tasks.answers.fold import END, START, WORD, fold
from medq_tasks.answers.reading import Span
from medq_tasks.item import Option

_YES = r"yes|yeah|yep|是的|是|对|はい|예|네|sí|si|oui|ja|да|sim|sì|نعم"
_NO = r"no|nope|否|不是|没有|いいえ|아니요|아니오|non|nein|нет|não|لا"
_HEAD = re.compile(rf"(?:(?P<yes>yes)|(?P<no>no)){END}(?!-[{WORD}])", re.IGNORECASE)
_BARE = re.compile(r"(?:yes|no)[.!]?", re.IGNORECASE)
# "No, ..." and "no." answer; "no artifact" does not.
_ENDS = r"(?=[\s*_\"'`)\]}]*(?:$|[.,;:!\n。，、；！—–|<(]|[ ]-[ ]))"
_ENDS_OR_REASON = _ENDS[:-2] + r"|\s(?:because|since|as|for|due|the|there|it|this|these|they|I|we)(?!\w)))"
_NEVER = r"(?!)"
# What may stand between a letter and its option's text.
_GAP = re.compile(r"[\s.):、,*_\"'(\-–—=>\]]{1,8}")


@dataclass(frozen=True, slots=True)
class OptionTexts:
    """The patterns of one item's options.

    `anywhere` matches an option's text; `start` also a lone "Yes" or "No" for options that begin so. Group names give
    the letter through `letter_of`, None where two options share a text. `texts` holds (plain text, letter).
    """

    letters: frozenset[str]
    anywhere: re.Pattern[str]
    start: re.Pattern[str]
    letter_of: Mapping[str, str | None]
    texts: tuple[tuple[str, str], ...]
    longest: int

    def letter(self, found: re.Match[str]) -> str | None:
        """The option that a match stands for, or None where two options have the same text."""
        return self.letter_of[found.lastgroup or ""]

    def at(self, text: str, start: int) -> tuple[str | None, Span] | None:
        """The option whose text begins at `start`, with the text's place."""
        found = self.start.match(text, start)
        return None if found is None else (self.letter(found), found.span())

    def own(self, text: str, at: int, letter: str) -> Span | None:
        """The place of the text of option `letter`, where it follows the letter at `at` ("B. Mild", "B-Mild")."""
        gap = _GAP.match(text, at + 1)
        if gap is None:
            return None
        # Cut off, so that the hyphen of "B-Mild" does not make "Mild" a part of a word.
        found = self.anywhere.match(text[gap.end() : gap.end() + self.longest])
        if found is None or self.letter(found) != letter.upper():
            return None
        return gap.end(), gap.end() + found.end()


@lru_cache(maxsize=4096)
def option_texts(options: tuple[Option, ...]) -> OptionTexts:
    """The patterns for `options`; an option without text is found by its letter only."""
    by_text: dict[str, list[str]] = {}
    for option in options:
        if key := _key(option.text):
            by_text.setdefault(key, []).append(option.letter.upper())
    names = {text: f"o{place}" for place, text in enumerate(sorted(by_text, key=len, reverse=True))}
    heads = _heads(options)
    anywhere = _any_of(names)
    yes_no = "".join(f"|(?P<{word}>(?i:{forms}){_ENDS_OR_REASON})" for word, _, forms in heads)
    letter_of = {name: by_text[text][0] if len(by_text[text]) == 1 else None for text, name in names.items()}
    return OptionTexts(
        letters=frozenset(option.letter.upper() for option in options),
        anywhere=re.compile(anywhere),
        start=re.compile(anywhere + yes_no),
        letter_of=letter_of | {word: letter for word, letter, _ in heads},
        texts=tuple((_key(option.text), option.letter.upper()) for option in options),
        longest=2 * max(map(len, by_text), default=0) + 16,
    )


def is_yes_or_no(text: str) -> bool:
    """Whether an option's text is nothing but yes or no."""
    return _BARE.fullmatch(text) is not None


def _key(text: str) -> str:
    return " ".join(fold(text).lower().split()).strip(" \t.;:,!*_`\"'")


def _any_of(names: Mapping[str, str]) -> str:
    """The alternatives, longest first, with what must stand before them said once for all of one kind.

    Before a text: no letter, no hyphenated word, no digits of a longer number; before yes and no, no "or" either.
    """
    lefts = {
        "word": rf"{START}(?<![{WORD}]-)(?<!\d[.,])",
        "yes or no": rf"{START}(?<![{WORD}][-/])(?<!{START}or )(?<!{START}and )",
        "sign": "",
    }
    kinds: dict[str, list[str]] = {kind: [] for kind in lefts}
    for text, name in names.items():
        word = "word" if re.match(f"[{WORD}]", text) else "sign"
        kinds["yes or no" if is_yes_or_no(text) else word].append(f"(?P<{name}>{_right(text)})")
    return "|".join(f"{lefts[kind]}(?:{'|'.join(parts)})" for kind, parts in kinds.items() if parts) or _NEVER


def _right(text: str) -> str:
    """The text itself and what must stand after it."""
    words = r"[\s*_`]{1,4}".join(re.escape(word) for word in text.split(" "))
    if is_yes_or_no(text):
        return f"(?i:{words}){_ENDS}"
    if text == "none":  # "none of the structures" speaks of something else
        return rf"(?i:{words}){END}(?!-[{WORD}]|\sof\s)"
    if not re.search(f"[{WORD}]$", text):
        return f"(?i:{words})"
    return rf"(?i:{words}{_plural(text)})(?!-?[{WORD}])" + _number_end(text)


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
