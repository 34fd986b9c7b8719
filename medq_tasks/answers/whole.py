"""Responses that are nothing but an answer: a letter, several letters, an option's text or a part of it."""

from __future__ import annotations

import re

from medq_tasks.answers.fold import END, START
from medq_tasks.answers.option_text import OptionTexts
from medq_tasks.answers.reading import AMBIGUOUS, Candidate

_EDGE = "".join(map(chr, range(33, 48))) + ":;<=>?@[\\]^_`{|}~ \t\r\n。、，；：！？「」『』«»$"
_LETTER = re.compile(r"(?:(?:option|choice|answer)[\s:(\"'*]{1,4})?([A-Za-z])", re.IGNORECASE)
_SEVERAL = re.compile(r"(?:\(?[A-Z]\)?(?:[\s,/&+;、.]|and|or){0,4}){2,26}")
LONGEST = 400  # a response that is nothing but an answer is short


def whole(text: str, options: OptionTexts) -> Candidate | None:
    """The answer that fills the whole response, or None.

    A part of a text counts where it belongs to one option only and has at least three characters ("Motion" for
    "Motion artifact").
    """
    start, end = _core(text)
    core = text[start:end]
    if not core or len(core) > LONGEST:
        return None
    if (letter := _LETTER.fullmatch(core)) and letter[1].upper() in options.letters:
        return Candidate(letter[1].upper(), "whole", (start + letter.start(1), end))
    if (found := options.start.fullmatch(core)) or (found := options.start.fullmatch(text.strip())):
        letter_found = options.letter(found)
        return Candidate(letter_found, "whole_text" if letter_found else AMBIGUOUS, (start, end))
    if _SEVERAL.fullmatch(core) and len(set(re.findall("[A-Z]", core)) & options.letters) > 1:
        return Candidate(None, AMBIGUOUS, (start, end))
    return _part(core, start, options)


def _core(text: str) -> tuple[int, int]:
    stripped = text.strip(_EDGE)
    start = len(text) - len(text.lstrip(_EDGE))
    return start, start + len(stripped)


def _part(core: str, start: int, options: OptionTexts) -> Candidate | None:
    if len(core) < 3:
        return None
    words = re.compile(rf"{START}{re.escape(' '.join(core.casefold().split()))}{END}")
    holders = {letter for text, letter in options.texts if words.search(text)}
    if len(holders) != 1:
        return None
    return Candidate(holders.pop(), "whole_text", (start, start + len(core)))
