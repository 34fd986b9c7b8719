"""MedQ-Deg-shaped items: one question about content, asked of the clean picture and of all its degraded copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from medq_tasks.construction.arrangement import Arrangement
from medq_tasks.construction.bank import Bank, ContentQuestion
from medq_tasks.construction.original import Original
from medq_tasks.construction.rotation import Rotation
from medq_tasks.construction.source import Fact, UserQuestion
from medq_tasks.construction.variants import Variant

OPTIONS_MAX = 5


@dataclass(frozen=True, slots=True)
class RobustItem:
    """A row: `source_item` is the id of the clean one, whose options stand in the same order."""

    id: str
    source_item: str
    variant: Variant
    question: str
    options: tuple[str, ...]
    answer: str
    capability: str | None


def make_robust_items(variants: Sequence[Variant], bank: Bank) -> list[RobustItem]:
    """The questions of each source and those that its facts answer, on every version of each original.

    They come question by question through all pictures, so that a short run sees every modality.
    """
    grouped: dict[str, list[Variant]] = defaultdict(list)
    for variant in variants:
        grouped[variant.original.id].append(variant)
    arrangements: dict[str, Arrangement] = defaultdict(Arrangement)
    turns: dict[str, Rotation] = defaultdict(Rotation)
    made: list[tuple[int, RobustItem]] = []
    for versions in grouped.values():
        split = versions[0].split
        for number, asked in enumerate(_asked(versions[0].original, bank, turns[split]), start=1):
            shown, letter = arrangements[split](asked.options, asked.answer)
            source = f"{versions[0].original.id}-q{number}"
            for variant in versions:
                item = RobustItem(
                    _id(source, variant), source, variant, asked.question, shown, letter, asked.capability
                )
                made.append((number, item))
    return [item for _, item in sorted(made, key=lambda entry: entry[0])]


def _asked(original: Original, bank: Bank, turn: Rotation) -> Iterable[UserQuestion]:
    yield from original.source.questions
    facts = _facts(original, bank)
    for name, asked in bank.content.items():
        if name in facts:
            fact = facts[name]
            options = fact.options or _options(asked, fact.answer, turn, name)
            capability = fact.capability or asked.capability
            yield UserQuestion(question=asked.question, options=options, answer=fact.answer, capability=capability)


def _facts(original: Original, bank: Bank) -> Mapping[str, Fact]:
    """What the source says and what is known without it: the modality, the drawn markers, a body part by its name."""
    known = {"modality": Fact(answer=bank.words[original.modality].name)}
    if original.markers:
        known["markers"] = Fact(answer=str(original.markers))
    region = f"the {original.body_part.strip().lower()}"
    if region in bank.content["region"].options:
        known["region"] = Fact(answer=region)
    return {**known, **original.source.facts}


def _options(asked: ContentQuestion, answer: str, turn: Rotation, name: str) -> tuple[str, ...]:
    if len(asked.options) <= OPTIONS_MAX:
        return asked.options
    near = {option for group in asked.together if answer in group for option in group} | {answer}
    others = [option for option in asked.options if option not in near]
    start = turn.next(name, range(len(others)))
    return (answer, *(others[start:] + others[:start])[: OPTIONS_MAX - 1])


def _id(source: str, variant: Variant) -> str:
    return source if variant.clean else f"{source}_{variant.attribute or variant.degradation}_{variant.severity}"
