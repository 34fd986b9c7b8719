"""Reading one response: which option it gives, or why none can be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from medq_tasks.answers.declared import concluded_text, declared
from medq_tasks.answers.fold import blank, fold
from medq_tasks.answers.leading import labelled, leading_letter, leading_text
from medq_tasks.answers.mentioned import lone_letter, named_option, text_mention
from medq_tasks.answers.option_text import OptionTexts, option_texts
from medq_tasks.answers.reading import NO_ANSWER, REFUSAL, TRUNCATED, Candidate, Reading
from medq_tasks.answers.reasoning import answer_block, set_aside
from medq_tasks.answers.refusal import declined, undecided
from medq_tasks.answers.restated import without_restated
from medq_tasks.answers.whole import whole
from medq_tasks.item import Option

CUT_OFF = frozenset({"length", "max_tokens", "model_length", "max_output_tokens"})
FILTERED = frozenset({"content_filter", "refusal", "safety", "prohibited_content", "blocklist", "recitation"})

Rule = Callable[[str, OptionTexts], Candidate | None]

# From the most to the least certain; the first that finds anything decides.
_CERTAIN: tuple[Rule, ...] = (whole, declared, labelled, leading_letter, concluded_text)
_LIKELY: tuple[Rule, ...] = (leading_text, named_option, text_mention, lone_letter)


def read_answer(response: str, options: Sequence[Option], *, finish_reason: str | None = None) -> Reading:
    """The option that `response` gives among `options` (any number, letters A to Z), or why none can be read.

    Reasoning blocks are set aside. Then, from the most to the least certain: the whole response is a letter or an
    option's text; the last declared answer; a letter or label that opens it; a concluding option text; and, unless
    the speaker declines to answer, an option's text that opens it, the one option that is named, the one option text
    that occurs, the one capital letter that stands alone. A response that ran into its token limit (`finish_reason`
    "length", or an unclosed reasoning block) is only read where it declares its answer: it is "truncated" otherwise.

    Time grows linearly with the length. Nothing is raised for any text.

    >>> options = (Option("A", "None"), Option("B", "Mild"), Option("C", "Severe"))
    >>> read_answer("A slight blur is visible, so the answer is C.", options)
    Reading(letter='C', state='scored', rule='declared', span=(43, 44))
    >>> read_answer("I can't provide a medical assessment.", options).rule
    'refusal'
    """
    reason = (finish_reason or "").lower()
    text, unclosed = set_aside(fold(response))
    cut_off = unclosed or reason in CUT_OFF
    texts = option_texts(tuple(options))
    for view in _views(text):
        if found := _read(view, texts, cut_off=cut_off):
            return found.reading()
    if cut_off:
        return Reading(None, "unscored", TRUNCATED)
    return Reading(None, "unscored", REFUSAL if reason in FILTERED else NO_ANSWER)


def _views(text: str) -> list[str]:
    """The answer block alone where there is one, then all of the text."""
    block = answer_block(text)
    outside = [] if block is None else [blank(text, [(0, block[0]), (block[1], len(text))])]
    return [*outside, text]


def _read(text: str, options: OptionTexts, *, cut_off: bool) -> Candidate | None:
    text = without_restated(text, options)
    if found := _first(_CERTAIN, text, options):
        return found
    if cut_off:
        return None
    refused = declined(text)
    if refused and not _is_option(text, refused, options):
        return Candidate(None, REFUSAL, refused)
    if found := _first(_LIKELY, text, options):
        return found
    refused = undecided(text)
    return Candidate(None, REFUSAL, refused) if refused else None


def _first(rules: Sequence[Rule], text: str, options: OptionTexts) -> Candidate | None:
    for rule in rules:
        if found := rule(text, options):
            return found
    return None


def _is_option(text: str, refused: tuple[int, int], options: OptionTexts) -> bool:
    """Whether the words of a refusal are an option's own ("Cannot be determined")."""
    return any(found.start() < refused[1] and refused[0] < found.end() for found in options.anywhere.finditer(text))
