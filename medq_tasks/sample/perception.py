"""The perception questions of the sample set, made from the templates and the known degradations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from medq_tasks.sample.arrangement import Arrangement
from medq_tasks.sample.catalogue import Attribute, Level, attributes, plan, questions
from medq_tasks.sample.rotation import Rotation
from medq_tasks.sample.truth import absent, distractors
from medq_tasks.sample.variants import Variant

YES_NO = ("Yes", "No")
WHAT_OPTIONS = 4


@dataclass(frozen=True, slots=True)
class Question:
    """One multiple-choice question about a variant; `options` in the order shown, `answer` a letter."""

    variant: Variant
    question_type: str
    concern: str
    text: str
    options: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class _Draft:
    """A question before its options are ordered; `answer` is the text of the right one."""

    question_type: str
    concern: str
    text: str
    options: tuple[str, ...]
    answer: str


def make_questions(variants: Iterable[Variant]) -> list[Question]:
    """All questions, image by image in the order of the variants; letters are balanced within each split."""
    turns: dict[str, Rotation] = defaultdict(Rotation)
    arrangements: dict[str, Arrangement] = defaultdict(Arrangement)
    made = []
    for variant in variants:
        split = variant.original.split
        patterns = getattr(plan().perception, variant.level)
        for kind in turns[split].next(f"pattern {variant.level}", patterns):
            draft = _draft(kind, variant, turns[split])
            shown, letter = arrangements[split](draft.options, draft.answer)
            made.append(Question(variant, draft.question_type, draft.concern, draft.text, shown, letter))
    return made


def _draft(kind: str, variant: Variant, turn: Rotation) -> _Draft:
    """A question of the kind; where nothing is certainly absent, one about what is present takes its place."""
    if kind == "absent" and not absent(variant):
        kind = "present"
    if kind == "overall" and variant.level == "none" and variant.original.shows:
        kind = "how_none"
    return _DRAFTS[kind](variant, turn)


def _present(variant: Variant, turn: Rotation) -> _Draft:
    assert variant.attribute is not None
    return _yes_or_no(variant, variant.attribute, "Yes", turn)


def _absent(variant: Variant, turn: Rotation) -> _Draft:
    key = turn.next(f"absent {variant.original.id}", absent(variant))
    return _yes_or_no(variant, key, "No", turn)


def _yes_or_no(variant: Variant, key: str, answer: str, turn: Rotation) -> _Draft:
    bank = questions().yes_or_no
    attribute = attributes()[key]
    template = turn.next(f"yes_or_no {key}", bank.get(key) or bank["any"])
    return _Draft("yes_or_no", attribute.concern, _filled(template, variant, turn, attribute), YES_NO, answer)


def _repeat(variant: Variant, turn: Rotation) -> _Draft:
    template = turn.next("repeat", questions().repeat)
    answer = "Yes" if variant.level == "severe" else "No"
    return _Draft("yes_or_no", "general", _filled(template, variant, turn), YES_NO, answer)


def _how(variant: Variant, turn: Rotation) -> _Draft:
    assert variant.attribute is not None
    return _severity_of(variant, variant.attribute, variant.level, turn)


def _how_none(variant: Variant, turn: Rotation) -> _Draft:
    key = turn.next(f"how_none {variant.original.id}", absent(variant))
    return _severity_of(variant, key, "none", turn)


def _severity_of(variant: Variant, key: str, level: Level, turn: Rotation) -> _Draft:
    bank = questions().how
    asked = turn.next(f"how {key}", bank.get(key) or bank["any"])
    text = _filled(asked.question, variant, turn, attributes()[key])
    return _scaled(asked.scale, level, text, attributes()[key].concern)


def _overall(variant: Variant, turn: Rotation) -> _Draft:
    asked = turn.next("overall", questions().overall)
    return _scaled(asked.scale, variant.level, _filled(asked.question, variant, turn), "general")


def _scaled(scale: str, level: Level, text: str, concern: str) -> _Draft:
    options = questions().scales[scale]
    return _Draft("how", concern, text, tuple(options.values()), options[level])


def _what(variant: Variant, turn: Rotation) -> _Draft:
    bank = questions().what
    truth = variant.truth
    templates = bank.clean if truth is None else bank.degraded
    answer = bank.none_label if truth is None else truth.label
    fixed = [bank.none_label] if truth is None else [truth.label, bank.none_label]
    keys = distractors(variant)
    start = turn.next("distractor", range(len(keys))) if len(keys) > WHAT_OPTIONS - len(fixed) else 0
    labels = [attributes()[key].label for key in (*keys[start:], *keys[:start])]
    options = _distinct([*fixed, *labels])[:WHAT_OPTIONS]
    concern = "general" if truth is None else truth.concern
    return _Draft("what", concern, _filled(turn.next("what", templates), variant, turn), options, answer)


def _distinct(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _filled(template: str, variant: Variant, turn: Rotation, attribute: Attribute | None = None) -> str:
    noun = turn.next(f"noun {variant.original.id}", variant.original.nouns)
    return template.format(image=noun, phrase=attribute.phrase if attribute else "")


_DRAFTS: dict[str, Callable[[Variant, Rotation], _Draft]] = {
    "present": _present,
    "absent": _absent,
    "repeat": _repeat,
    "how": _how,
    "how_none": _how_none,
    "overall": _overall,
    "what": _what,
}
