"""Seed questions: what is asked of each picture, with the answer that follows from how it was made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from medq_tasks.construction.bank import Bank, Level
from medq_tasks.construction.spec import PerceptionPlan
from medq_tasks.construction.variants import Variant
from medq_tasks.construction.writing import Writing

YES_NO = ("Yes", "No")
WHAT_OPTIONS = 4
# What is asked instead of an undegraded image with faults of its own, which has no certain answer to these.
INSTEAD = {"overall": "how_none", "what": "how_none", "repeat": "absent"}


@dataclass(frozen=True, slots=True)
class Seed:
    """A question before its options are ordered; `answer` is the text of the right one.

    `attribute` is what is asked about, None for the image as a whole and for What questions. `allowed` are the texts
    that may stand among the options beside the answer.
    """

    variant: Variant
    question_type: str
    concern: str
    attribute: str | None
    text: str
    options: tuple[str, ...]
    answer: str
    allowed: tuple[str, ...]


def make_seeds(variants: Iterable[Variant], bank: Bank, plan: PerceptionPlan) -> list[Seed]:
    """The seed questions of every picture, by the plan's cycles; one of each of its kinds a picture."""
    writings: dict[str, Writing] = defaultdict(lambda: Writing(bank))
    made = []
    for variant in variants:
        writing = writings[variant.split]
        patterns = getattr(plan, variant.level)
        for kind in writing.turn.next(f"pattern {variant.level}", patterns):
            seed = _seed(kind, variant, writing)
            if seed is not None:
                made.append(seed)
    return made


def _seed(kind: str, variant: Variant, writing: Writing) -> Seed | None:
    """A question of the kind, of the nearest kind that the image allows, or none."""
    if variant.attribute is None and variant.original.source.shows:
        kind = INSTEAD.get(kind, kind)
    if kind == "what" and len(writing.distractors(variant)) < (2 if variant.attribute is None else 1):
        kind = "how_none" if variant.attribute is None else "how"
    if kind in {"absent", "how_none"} and not writing.absent(variant):
        if variant.attribute is None:
            return None
        kind = "present" if kind == "absent" else "how"
    return _KINDS[kind](variant, writing)


def _present(variant: Variant, writing: Writing) -> Seed:
    assert variant.attribute is not None
    return _yes_or_no(variant, variant.attribute, "Yes", writing)


def _absent(variant: Variant, writing: Writing) -> Seed:
    key = writing.turn.next(f"absent {variant.original.source.name}", writing.absent(variant))
    return _yes_or_no(variant, key, "No", writing)


def _yes_or_no(variant: Variant, key: str, answer: str, writing: Writing) -> Seed:
    attribute = writing.bank.attributes[key]
    text = _filled(writing.turn.next(f"yes_or_no {key}", attribute.yes_or_no), variant, writing)
    return Seed(variant, "yes_or_no", attribute.concern, key, text, YES_NO, answer, YES_NO)


def _repeat(variant: Variant, writing: Writing) -> Seed:
    template = writing.turn.next("repeat", writing.bank.questions.repeat)
    answer = "Yes" if variant.level == "severe" else "No"
    text = _filled(template, variant, writing)
    return Seed(variant, "yes_or_no", "general", None, text, YES_NO, answer, YES_NO)


def _how(variant: Variant, writing: Writing) -> Seed:
    assert variant.attribute is not None
    return _severity_of(variant, variant.attribute, variant.level, writing)


def _how_none(variant: Variant, writing: Writing) -> Seed:
    key = writing.turn.next(f"how_none {variant.original.source.name}", writing.absent(variant))
    return _severity_of(variant, key, "none", writing)


def _severity_of(variant: Variant, key: str, level: Level, writing: Writing) -> Seed:
    attribute = writing.bank.attributes[key]
    asked = writing.turn.next(f"how {key}", attribute.how)
    scale = writing.bank.questions.scales[asked.scale]
    text = _filled(asked.question, variant, writing)
    options = tuple(scale.values())
    return Seed(variant, "how", attribute.concern, key, text, options, scale[level], options)


def _overall(variant: Variant, writing: Writing) -> Seed:
    asked = writing.turn.next("overall", writing.bank.questions.overall)
    scale = writing.bank.questions.scales[asked.scale]
    options = tuple(scale.values())
    text = _filled(asked.question, variant, writing)
    return Seed(variant, "how", "general", None, text, options, scale[variant.level], options)


def _what(variant: Variant, writing: Writing) -> Seed:
    bank, truth, known = writing.bank.questions.what, writing.truth(variant), writing.bank.attributes
    keys = writing.distractors(variant)
    fixed = [bank.none_label] if truth is None else [truth.label, bank.none_label]
    start = writing.turn.next("distractor", range(len(keys))) if len(keys) > WHAT_OPTIONS - len(fixed) else 0
    labels = [known[key].label for key in (*keys[start:], *keys[:start])]
    options = tuple(dict.fromkeys([*fixed, *labels]))[:WHAT_OPTIONS]
    template = writing.turn.next("what", bank.clean if truth is None else bank.degraded)
    concern = "general" if truth is None else truth.concern
    text = _filled(template, variant, writing)
    allowed = tuple(dict.fromkeys([*fixed, *labels]))
    return Seed(variant, "what", concern, None, text, options, fixed[0], allowed)


def _filled(template: str, variant: Variant, writing: Writing) -> str:
    return template.format(image=writing.noun(variant.original))


_KINDS: dict[str, Callable[[Variant, Writing], Seed]] = {
    "present": _present,
    "absent": _absent,
    "repeat": _repeat,
    "how": _how,
    "how_none": _how_none,
    "overall": _overall,
    "what": _what,
}
