"""The questions of the MedQ-Deg-shaped sample, and the images that they are asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from medq_tasks.sample.arrangement import Arrangement
from medq_tasks.sample.catalogue import Original, attributes, originals, plan
from medq_tasks.sample.degradation_catalogue import DegradationPlan, Subject, degradation_plan
from medq_tasks.sample.marked import marked
from medq_tasks.sample.opening import open_original
from medq_tasks.sample.rotation import Rotation
from medq_tasks.sample.variants import Variant, to_png

OPTIONS_MAX = 5


@dataclass(frozen=True, slots=True)
class DegradationQuestion:
    """A question asked of an original and of all its copies; `options` in the order shown, `answer` a letter."""

    capability: str
    text: str
    options: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An original with its markers and its degraded copies (the clean one first), and the questions about them."""

    original: Original
    variants: tuple[Variant, ...]
    questions: tuple[DegradationQuestion, ...]


def make_shown(known: DegradationPlan | None = None) -> Iterator[Shown]:
    """Every original of the plan, in the order of the catalogue; letters are balanced within each split."""
    known = known or degradation_plan()
    turns: dict[str, Rotation] = defaultdict(Rotation)
    place: dict[str, Arrangement] = defaultdict(Arrangement)
    for original in originals():
        if original.id in known.originals:
            subject, turn = known.originals[original.id], turns[original.split]
            count = turn.next("markers", range(1, known.markers.most + 1))
            asked = tuple(
                DegradationQuestion(capability, text, *place[original.split](options, answer))
                for capability, text, options, answer in _drafts(known, original, subject, count, turn)
            )
            yield Shown(original, tuple(_variants(known, original, subject, count)), asked)


Draft = tuple[str, str, tuple[str, ...], str]


def _drafts(
    known: DegradationPlan, original: Original, subject: Subject, count: int, turn: Rotation
) -> Iterator[Draft]:
    yield _modality(known, original, turn)
    yield _region(known, subject, turn)
    for name, answer in subject.view.items():
        view = known.views[name]
        yield str(known.questions["view"].capability), view.text, view.options, answer
    counting = known.questions["counting"]
    numbers = tuple(str(number) for number in range(1, OPTIONS_MAX + 1))
    yield str(counting.capability), counting.text, numbers, str(count)
    if subject.artefact is not None:
        asked, bank = known.questions["artefact"], attributes()
        shown = asked.none if subject.artefact.shown is None else bank[subject.artefact.shown].label.lower()
        absent = [bank[key].label.lower() for key in subject.artefact.absent]
        yield str(asked.capability), asked.text, tuple(dict.fromkeys((shown, *absent, asked.none))), shown


def _modality(known: DegradationPlan, original: Original, turn: Rotation) -> Draft:
    asked = known.questions["modality"]
    answer = asked.answers[original.modality]
    others = [name for name in asked.answers.values() if name != answer]
    return str(asked.capability), asked.text, (answer, *_some(others, turn, "modality")), answer


def _region(known: DegradationPlan, subject: Subject, turn: Rotation) -> Draft:
    asked, answer = known.questions["region"], subject.region
    near = {name for group in asked.together if answer in group for name in group} | {answer}
    others = [name for name in asked.options if name not in near]
    return subject.skill, asked.text, (answer, *_some(others, turn, "region")), answer


def _some(others: list[str], turn: Rotation, name: str) -> list[str]:
    start = turn.next(name, range(len(others)))
    return (others[start:] + others[:start])[: OPTIONS_MAX - 1]


def _variants(known: DegradationPlan, original: Original, subject: Subject, count: int) -> Iterator[Variant]:
    from medq_tasks.degradations import apply

    pixels = open_original(original)
    clean = marked(pixels, count=count, name=original.id, side_px=known.side_px, markers=known.markers)
    yield Variant(original, None, "none", "L0", None, to_png(clean))
    for name in subject.degradations:
        for level, severity in plan().levels.items():
            result = apply(name, clean, level=severity, seed=plan().seed, modality=original.modality)
            yield Variant(original, None, level, severity, name, to_png(result.image))
