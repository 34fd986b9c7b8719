"""Options that a response names without declaring them; one alone is the answer, several are ambiguous."""

from __future__ import annotations

import re
from collections.abc import Iterable

from medq_tasks.answers.cues import in_condition
from medq_tasks.answers.fold import START
from medq_tasks.answers.letters import letters, named, word_like
from medq_tasks.answers.negation import absent, negated
from medq_tasks.answers.option_text import OptionTexts
from medq_tasks.answers.reading import AMBIGUOUS, Candidate

_NAMED_OPTION = re.compile(
    rf"(?:{START}(?:option|choice|answer|opción|opcion|réponse|proposition|antwort|opção|alternativa|letra|opzione"
    rf"|вариант|الخيار)\s{{1,2}}|(?:选项|選項|选择|選擇|選択肢|선택지|보기)\s?)[\"'(\[*_`]{{0,4}}\Z",
    re.IGNORECASE,
)
_ENCLOSED = {"(": ")", "[": "]", "*": "*", '"': '"', "'": "'", "`": "`", "「": "」", "«": "»", "{": "}"}


def named_option(text: str, options: OptionTexts) -> Candidate | None:
    """ "Option C", "(C)" or "**C**"."""
    return _only(_letters(text, options, emphasised=True), "mention")


def lone_letter(text: str, options: OptionTexts) -> Candidate | None:
    """A capital letter that stands alone in prose: "It looks like B to me"."""
    return _only(_letters(text, options, emphasised=False), "lone")


def text_mention(text: str, options: OptionTexts) -> Candidate | None:
    """An option's text anywhere, unless it is denied or said to be missing."""
    found = [
        Candidate(options.letter(match), "text_mention", match.span())
        for match in options.anywhere.finditer(text)
        if not absent(text, *match.span())
    ]
    return _only(found, "text_mention")


def _letters(text: str, options: OptionTexts, *, emphasised: bool) -> Iterable[Candidate]:
    for at in letters(text):
        asked = text[at + 1 : at + 2] == "?" or in_condition(text, at)
        if text[at].upper() not in options.letters or asked or negated(text, at, at + 1) or named(text, at):
            continue
        noun = _NAMED_OPTION.search(text[max(0, at - 24) : at]) is not None
        if noun or (text[at].isupper() and (_enclosed(text, at) or not (emphasised or word_like(text, at)))):
            yield Candidate(text[at].upper(), "", (at, at + 1))


def _enclosed(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return _ENCLOSED.get(before) == after != ""


def _only(found: Iterable[Candidate], rule: str) -> Candidate | None:
    places = list(found)
    if not places:
        return None
    if places[0].letter is None or any(place.letter != places[0].letter for place in places):
        return Candidate(None, AMBIGUOUS, (places[0].span[0], places[-1].span[1]))
    return Candidate(places[-1].letter, rule, places[-1].span)
