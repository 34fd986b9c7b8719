"""Option lists that a response repeats before it answers: they declare nothing."""

from __future__ import annotations

import re
from itertools import pairwise

from medq_tasks.answers.fold import blank
from medq_tasks.answers.letters import standing
from medq_tasks.answers.option_text import OptionTexts
from medq_tasks.answers.reading import Span

_BETWEEN = re.compile(
    r"[\s\W_]{0,12}(?:(?:or|and|或|和)[\s\W_]{0,6})?(?:(?:option|choice)[\s\W_]{0,6})?", re.IGNORECASE
)
_MARK_BEFORE = re.compile(r"(?:\*\*|__|✓|✔|✅|=>|->|→)[ (]{0,2}\Z")
_MARK_AFTER = re.compile(r"\*\*|__|[ ]?(?:✓|✔|✅|<-|←|\(correct\))")


def without_restated(text: str, options: OptionTexts) -> str:
    """`text` with every restated list blanked: labels with their own texts, in order, one directly after the other.

    A list counts from three options on, or when it names them all. A single entry that is marked ("**B. Mild**")
    stays: it is the answer.
    """
    least = min(3, max(2, len(options.letters)))
    lists = [run for run in _runs(text, _entries(text, options)) if len(run) >= least]
    return blank(text, [entry for run in lists for entry in _declares_nothing(text, run)])


def _declares_nothing(text: str, run: list[Span]) -> list[Span]:
    marked = [entry for entry in run if _is_marked(text, entry)]
    return [entry for entry in run if marked != [entry]]


def _entries(text: str, options: OptionTexts) -> list[Span]:
    """Every label that its own option's text follows, as (start of the label, end of the text)."""
    entries = []
    for at in standing(text):
        own = options.own(text, at, text[at]) if text[at].upper() in options.letters else None
        entries += [(at, own[1])] if own else []
    return entries


def _runs(text: str, entries: list[Span]) -> list[list[Span]]:
    """Entries that follow one another with rising letters and nothing but punctuation between them."""
    runs: list[list[Span]] = [[entries[0]]] if entries else []
    for (start, end), following in pairwise(entries):
        between = _BETWEEN.fullmatch(text, end, following[0])
        if between and text[start].upper() < text[following[0]].upper():
            runs[-1].append(following)
        else:
            runs.append([following])
    return runs


def _is_marked(text: str, entry: Span) -> bool:
    start, end = entry
    return _MARK_BEFORE.search(text[max(0, start - 4) : start]) is not None or _MARK_AFTER.match(text, end) is not None
