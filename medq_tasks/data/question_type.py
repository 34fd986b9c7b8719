"""The type of a perception question where no column gives it: yes-or-no, what or how."""

from __future__ import annotations

import re
from collections.abc import Sequence

from medq_tasks.item import Option

_YES_NO = re.compile(r"\s*(yes|no)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_AUXILIARIES = re.compile(r"(is|are|was|were|does|do|did|has|have|had|can|could|should|would|will|may|might)")
_WHAT = frozenset({"what", "which", "where", "who", "why", "when"})


def derive_question_type(question: str, options: Sequence[Option]) -> str:
    """`yes_or_no` where every option begins with Yes or No, or a question begins with a verb such as "Is".

    Otherwise the first question word decides: "how" gives `how`, others `what`; no question word at all gives `what`.

    >>> derive_question_type("How severe is the motion?", ()), derive_question_type("Is there noise?", ())
    ('how', 'yes_or_no')
    """
    if options and all(_YES_NO.match(option.text) for option in options):
        return "yes_or_no"
    words = [word.lower() for word in _WORD.findall(question)]
    if not options and words and _AUXILIARIES.fullmatch(words[0]):
        return "yes_or_no"
    first = next((word for word in words if word == "how" or word in _WHAT), "what")
    return "how" if first == "how" else "what"
