"""The gold answer of a multiple-choice row, in every form that files hold, to the letter of an option."""

from __future__ import annotations

import re

from medq_tasks.data.problem import shown
from medq_tasks.item import Option

_LETTER = re.compile(r"\(?([A-Za-z])\)?[.:)]?")
_LETTER_AND_TEXT = re.compile(r"\(?([A-Za-z])(?:\)|[.:)]| -)\s*(\S.*)", re.DOTALL)
_NUMBER = re.compile(r"(\d{1,3})(?:\.0+)?")


def gold_letter(text: str, options: tuple[Option, ...]) -> str:
    """The letter of the offered option that `text` names.

    Accepted: a letter (`B`, `b`, `(B)`, `B.`), an integer that counts from 0 (`1`, `1.0`), a letter with its text
    (`B. Mild`), the text alone. Raises ValueError where none fits or two forms point to different options.

    >>> gold_letter("1.0", (Option("A", "Mild"), Option("B", "Severe")))
    'B'
    """
    text = text.strip()
    by_letter = {option.letter: option.text for option in options}
    if text in by_letter:
        return text
    letters = _readings(text, by_letter)
    if len(letters) == 1:
        return letters.pop()
    offered = ", ".join(f"{letter} ({shown(label)})" for letter, label in by_letter.items())
    if letters:
        forms = " or ".join(sorted(letters))
        raise ValueError(f"expected one option, got {shown(text)}, which can mean {forms}; write the letter")
    raise ValueError(f"expected the letter of one of {offered}, got {shown(text)}; correct the gold answer")


def _readings(text: str, by_letter: dict[str, str]) -> set[str]:
    """Every option that the text can mean."""
    same = _plain(text)
    letters = {letter for letter, label in by_letter.items() if _plain(label) == same} if same else set[str]()
    if alone := _LETTER.fullmatch(text):
        letters.add(alone[1].upper())
    if (both := _LETTER_AND_TEXT.fullmatch(text)) and _plain(by_letter.get(both[1].upper(), "")) == _plain(both[2]):
        letters.add(both[1].upper())
    if number := _NUMBER.fullmatch(text):
        letters.add(chr(ord("A") + int(number[1])) if int(number[1]) < 26 else "")
    return letters & set(by_letter)


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()
