"""From seed questions to the questions of the benchmark, each checked, letters balanced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from medq_tasks.construction.arrangement import Arrangement
from medq_tasks.construction.bank import Bank
from medq_tasks.construction.expansion.checking import Proposal, problems_of
from medq_tasks.construction.seeds import Seed
from medq_tasks.construction.variants import Variant


class Expander(Protocol):
    """Proposes a question in place of a seed; the seed itself where it has nothing to propose."""

    def propose(self, seed: Seed) -> Sequence[Proposal]:
        """Proposals, the best first. The first one that passes the checks is taken, otherwise the seed."""


class TemplateExpander:
    """The seeds as the templates gave them; needs no model."""

    def propose(self, seed: Seed) -> Sequence[Proposal]:
        """The seed alone."""
        return (Proposal(seed.text, seed.options, seed.answer),)


@dataclass(frozen=True, slots=True)
class Question:
    """A multiple-choice question about a picture; `options` in the order shown, `answer` a letter."""

    variant: Variant
    question_type: str
    concern: str
    attribute: str | None
    text: str
    options: tuple[str, ...]
    answer: str
    expanded: bool


@dataclass(frozen=True, slots=True)
class Rejected:
    """A proposal that was not taken, and what was wrong with it."""

    image: str
    text: str
    problems: tuple[str, ...]


def expand_all(seeds: Sequence[Seed], expander: Expander, bank: Bank) -> tuple[list[Question], list[Rejected]]:
    """A question a seed: the first proposal without a problem, otherwise the seed itself; and all that was rejected.

    The order of the options is decided here, never by the expander, so that the answer's letters stay balanced within
    each split whatever a model writes. A text that was used for the same picture before is not taken again.
    """
    arrangements: dict[str, Arrangement] = defaultdict(Arrangement)
    used: dict[str, set[str]] = defaultdict(set)
    questions: list[Question] = []
    rejected: list[Rejected] = []
    for seed in seeds:
        own = Proposal(seed.text, seed.options, seed.answer)
        taken = own
        for proposal in expander.propose(seed):
            problems = problems_of(proposal, seed, bank)
            if proposal.text in used[seed.variant.file] and proposal != own:
                problems = (*problems, "this picture is asked the same already")
            if not problems:
                taken = proposal
                break
            rejected.append(Rejected(seed.variant.file, proposal.text, problems))
        used[seed.variant.file].add(taken.text)
        shown, letter = arrangements[seed.variant.split](taken.options, taken.answer)
        questions.append(
            Question(
                seed.variant, seed.question_type, seed.concern, seed.attribute, taken.text, shown, letter, taken != own
            )
        )
    return questions, rejected
