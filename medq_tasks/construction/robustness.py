"""MedQ-Deg-shaped items: one question about content, asked of the clean picture and of all its degraded copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from medq_tasks.construction.bank import Bank
from medq_tasks.construction.spec import UserQuestion
from medq_tasks.construction.variants import Variant
from medq_tasks.sample.arrangement import Arrangement
from medq_tasks.sample.rotation import Rotation

OPTIONS = 4
MODALITY_CAPABILITY = "Attribute Recognition"
ANATOMY_CAPABILITY = "General Structures"
ANATOMIES = ("Head", "Neck", "Chest", "Abdomen", "Pelvis", "Knee", "Shoulder", "Hand", "Foot")


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
    """The user's questions of each source and those that metadata answer, on every version of each original."""
    grouped: dict[str, list[Variant]] = defaultdict(list)
    for variant in variants:
        grouped[variant.original.id].append(variant)
    arrangements: dict[str, Arrangement] = defaultdict(Arrangement)
    turn = Rotation()
    made = []
    for versions in grouped.values():
        for number, asked in enumerate(_asked(versions[0], bank, turn), start=1):
            shown, letter = arrangements[versions[0].split](asked.options, asked.answer)
            source = f"{versions[0].original.id}-q{number}"
            made += [
                RobustItem(_id(source, variant), source, variant, asked.question, shown, letter, asked.capability)
                for variant in versions
            ]
    return made


def _asked(clean: Variant, bank: Bank, turn: Rotation) -> Iterable[UserQuestion]:
    yield from clean.original.source.questions
    names = {key: words.name for key, words in bank.words.items()}
    yield _among(
        "Which imaging modality was this image acquired with?", names[clean.original.modality], names.values(),
        MODALITY_CAPABILITY, turn,
    )  # fmt: skip
    anatomy = (clean.original.anatomy or "").strip().capitalize()
    if anatomy:
        yield _among("Which body region does this image show?", anatomy, ANATOMIES, ANATOMY_CAPABILITY, turn)


def _among(question: str, answer: str, texts: Iterable[str], capability: str, turn: Rotation) -> UserQuestion:
    others = [text for text in texts if text != answer]
    start = turn.next(question, range(len(others)))
    options = (answer, *(others[start:] + others[:start])[: OPTIONS - 1])
    return UserQuestion(question=question, options=options, answer=answer, capability=capability)


def _id(source: str, variant: Variant) -> str:
    return source if variant.attribute is None else f"{source}_{variant.attribute}_{variant.severity}"
