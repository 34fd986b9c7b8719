"""Answers that a response declares in so many words; the last one counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from medq_tasks.answers.cues import STRONG, WEAK, answer_start, supposed
from medq_tasks.answers.judged import judged
from medq_tasks.answers.negation import negated
from medq_tasks.answers.option_text import OptionTexts
from medq_tasks.answers.place import closed, letter_at, text_at
from medq_tasks.answers.reading import Candidate

_LINE = re.compile(
    r"^(?:[^\w\n]|_)*+(?:(?:option|choice|answer|选项|選択肢|opción|réponse|antwort|opção|letra)(?:[^\w\n]|_)*+)?"
    r"(?-i:([A-Za-z]))(?:[^\w\n]|_)*+$",
    re.IGNORECASE | re.MULTILINE,
)
_INTRODUCES = re.compile(r"\s(?:that|from|how)(?!\w)", re.IGNORECASE)  # "it is clear that ..."


def declared(text: str, options: OptionTexts) -> Candidate | None:
    """The last place that declares an answer on its own: announced, called right, or alone on its line."""
    found = [*_announced(text, options), *_concluded(text, options), *judged(text, options), *_lines(text, options)]
    return max(found, key=lambda candidate: candidate.span, default=None)


def concluded_text(text: str, options: OptionTexts) -> Candidate | None:
    """The last option text that follows a word such as "overall" or "it is"."""
    found = None
    for cue in WEAK.finditer(text):
        if not supposed(text, cue.start()):
            text_found = text_at(text, answer_start(text, cue.end()), options, "concluded_text")
            found = text_found if text_found and not _INTRODUCES.match(text, text_found.span[1]) else found
    return found


def _announced(text: str, options: OptionTexts) -> Iterator[Candidate]:
    """What follows "the answer is"."""
    for cue in STRONG.finditer(text):
        start = answer_start(text, cue.end())
        found = letter_at(text, start, options, "declared") or text_at(text, start, options, "declared_text")
        if found and not supposed(text, cue.start()):
            yield found


def _concluded(text: str, options: OptionTexts) -> Iterator[Candidate]:
    """Letters that follow "therefore" or "it is", where the clause ends with them."""
    for cue in WEAK.finditer(text):
        start = answer_start(text, cue.end())
        found = letter_at(text, start, options, "concluded") if closed(text, start + 1) else None
        if found and found.letter and not supposed(text, cue.start()):
            yield found


def _lines(text: str, options: OptionTexts) -> Iterator[Candidate]:
    """Letters that fill a line."""
    for line in _LINE.finditer(text):
        if line[1].upper() in options.letters and not negated(text, *line.span(1)):
            yield Candidate(line[1].upper(), "line", line.span(1))
