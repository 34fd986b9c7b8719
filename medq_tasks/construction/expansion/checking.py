"""What a question must hold to before it enters a benchmark, whoever wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from medq_tasks.construction.bank import Bank
from medq_tasks.construction.seeds import Seed

TEXT_CHARACTERS_MAX = 240
OPTIONS_MAX = 4
_WORD = re.compile(r"[a-z]+")
# Stems of high-level questions. "diagnostic" alone is not among them: suitability for diagnostic reading is quality.
_DIAGNOSTIC = re.compile(
    r"\b(diagnos(e|es|ed|is|ing)|disease|patholog(y|ies|ical)|tumou?rs?|cancer\w*|carcinoma\w*|malignan\w+|benign|"
    r"lesion type|metasta\w+|fractures?|pneumonia|h(a|ae)emorrhages?|infarct\w*|stroke|"
    r"prognos\w+|treatments?|therap\w+|"
    r"symptoms?|findings?|abnormalit\w+|stag(e|ing) of|grade of the (tumou?r|lesion)|retinopath\w+|glaucoma|polyps?|"
    r"melanoma\w*|edema|oedema|nodules?|cysts?|ischa?emi\w*)\b",
    re.IGNORECASE,
)
_IMAGE = re.compile(
    r"\b(images?|slices?|radiographs?|photographs?|sections?|frames?|mri|x-ray|echocardiogram|picture|scan|view|sonogram|detail)\b",
    re.IGNORECASE,
)
# Words that say nothing about which attribute is meant.
_COMMON = frozenset(
    "any are artifact artifacts does effect for from has have how image kind level low mild pronounced quality severe "  # noqa: SIM905
    "severity show slight strong strongly the this type visible what which with".split()
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question as someone proposes it: the options in any order, `answer` the text of the right one."""

    text: str
    options: tuple[str, ...]
    answer: str


def problems_of(proposal: Proposal, seed: Seed, bank: Bank) -> tuple[str, ...]:
    """Everything that is wrong with a proposal in place of a seed; empty for one that can be taken."""
    folded = [option.strip().lower() for option in proposal.options]
    checks = (
        (not proposal.text.strip().endswith("?"), "the text is no question"),
        (len(proposal.text) > TEXT_CHARACTERS_MAX, f"the text is longer than {TEXT_CHARACTERS_MAX} characters"),
        (not 2 <= len(folded) <= OPTIONS_MAX, f"expected 2 to {OPTIONS_MAX} options, got {len(folded)}"),
        (len(set(folded)) != len(folded), "two options are the same"),
        (proposal.options.count(proposal.answer) != 1, "the answer is not exactly one of the options"),
        (proposal.answer != seed.answer, "the answer is not the one that is known to be right"),
        (not set(proposal.options) <= set(seed.allowed), "an option is not among those that the template allows"),
        (seed.question_type != "what" and len(folded) != len(seed.options), "an option of the scale is missing"),
        (bool(_DIAGNOSTIC.search(proposal.text)), "a diagnosis is asked for"),
        (_type_of(proposal.text) != _type_of(seed.text), "the question's type has changed"),
        (not _keeps_attribute(proposal.text, seed, bank), "the attribute is not kept"),
        (_says_answer(proposal, seed), "the text says the answer"),
        (not _IMAGE.search(proposal.text), "the text does not refer to the image"),
    )  # fmt: skip
    return tuple(problem for wrong, problem in checks if wrong)


def terms_of(key: str, bank: Bank) -> frozenset[str]:
    """The words by which an attribute is known: of its label, its phrase and its own templates in every form."""
    words = {word for text in _texts_of(key, bank) for word in _WORD.findall(text.lower().replace("{image}", ""))}
    return frozenset(word for word in words if word not in _COMMON and len(word) > 3)


def _keeps_attribute(text: str, seed: Seed, bank: Bank) -> bool:
    """Whether the question names its attribute and no other one of the modality by its whole phrase."""
    if seed.attribute is None:
        return seed.question_type != "what" or not _named(text, seed, bank)
    stems = {_stem(term) for term in terms_of(seed.attribute, bank)}
    words = {_stem(word) for word in _WORD.findall(text.lower())}
    own = " ".join(_texts_of(seed.attribute, bank)).lower()
    return bool(stems & words) and all(other in own for other in _named(text, seed, bank))


def _named(text: str, seed: Seed, bank: Bank) -> list[str]:
    """The phrases of the modality's attributes that stand in a text."""
    attributes = [bank.attributes[key] for key in bank.vocabulary[seed.variant.original.modality]]
    phrases = [(attribute.noun or attribute.phrase).lower() for attribute in attributes]
    return [phrase for phrase in phrases if re.search(rf"\b{re.escape(phrase)}\b", text.lower())]


def _texts_of(key: str, bank: Bank) -> list[str]:
    """Everything that is written about an attribute."""
    attribute = bank.attributes[key]
    texts = [attribute.label, attribute.phrase, attribute.noun or "", *attribute.yes_or_no]
    return texts + [how.question for how in attribute.how]


def _says_answer(proposal: Proposal, seed: Seed) -> bool:
    """Whether the text holds the answer that the seed's text does not; yes and no stand in many questions."""
    if seed.question_type == "yes_or_no" or seed.answer.lower() in seed.text.lower():
        return False
    answer = re.escape(seed.answer.split(",")[0].lower())
    return re.search(rf"\b{answer}\b", proposal.text.lower()) is not None


def _type_of(text: str) -> str:
    from medq_tasks.data.question_type import derive_question_type

    return derive_question_type(text, ())


def _stem(word: str) -> str:
    """A word without its commonest endings, so that "blurred" meets "blur"."""
    return re.sub(r"(ing|ness|red|ed|ly|y|s)$", "", word)
