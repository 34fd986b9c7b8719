"""Answers that open a response or a line: "C. Severe", "B, because ...", "No, the image is sharp."."""

from __future__ import annotations

import re

from medq_tasks.answers.letters import BEFORE, alone, named, standing, word_like
from medq_tasks.answers.negation import negated
from medq_tasks.answers.option_text import OptionTexts, is_yes_or_no
from medq_tasks.answers.place import closed, letter_at, text_at
from medq_tasks.answers.reading import AMBIGUOUS, Candidate

# An object ("{...}") opens with a key, not with an answer.
_OPENING = re.compile(r"(?:[^\w{]|_)*+(?:(?:option|choice)(?:[^\w\n]|_)*+)?", re.IGNORECASE)
_LINE_OPENS = re.compile(r"(?:^|\n)(?:[^\w\n{]|_)*(?:(?:option|choice|选项|選択肢)(?:[^\w\n]|_)*)?\Z", re.IGNORECASE)
_LABEL_MARK = re.compile(r"[*_\"')\]]{0,4}(?:[.):、][*_\"')\]]{0,4}\s{1,4}(?![a-z])|\s?[:)、]\s?|\s{1,3}[\-–—]\s{1,3})")


def leading_letter(text: str, options: OptionTexts) -> Candidate | None:
    """The letter that the response opens with, where a clause ends with it ("C, because ...")."""
    start = _opening(text)
    found = letter_at(text, start, options, "leading")
    return found if found and (found.letter is None or closed(text, start + 1)) else None


def leading_text(text: str, options: OptionTexts) -> Candidate | None:
    """The option text that the response opens with, where a clause ends with it ("No, the image is sharp.")."""
    found = text_at(text, _opening(text), options, "leading_text")
    if found is None or found.letter is None:
        return found
    return found if closed(text, found.span[1]) or is_yes_or_no(text[slice(*found.span)]) else None


def labelled(text: str, options: OptionTexts) -> Candidate | None:
    """The one label of a response: a letter with its option's own text, or one that opens a line ("C) ...").

    Several different labels are ambiguous, unless the first opens the response and those after it start again from
    an earlier letter: then they discuss the options after the answer was given.
    """
    found = _labels(text, options)
    if not found:
        return None
    first = found[0]
    others = [label for label in found if label.letter != first.letter]
    if not others or (first.span[0] == _opening(text) and (others[0].letter or "") < (first.letter or "")):
        return first
    return Candidate(None, AMBIGUOUS, (first.span[0], found[-1].span[1]))


def _opening(text: str) -> int:
    opening = _OPENING.match(text)
    return opening.end() if opening else 0


def _labels(text: str, options: OptionTexts) -> list[Candidate]:
    found = []
    for at in standing(text):
        letter = text[at].upper()
        if letter not in options.letters:
            continue
        own = options.own(text, at, letter)
        if (own or _opens_line(text, at)) and not negated(text, at, own[1] if own else at + 1):
            found.append(Candidate(letter, "label", (at, at + 1)))
    return found


def _opens_line(text: str, at: int) -> bool:
    opens = (
        _LINE_OPENS.search(text[max(0, at - BEFORE) : at]) if at < BEFORE or "\n" in text[at - BEFORE : at] else None
    )
    usable = opens is not None and alone(text, at) and not named(text, at) and not word_like(text, at)
    return usable and _LABEL_MARK.match(text, at + 1) is not None
