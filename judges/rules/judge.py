"""The rules judge: four axis scores for one answer, without a language model.

Limits. Facts outside the lexicon (anatomy, positions, rare wordings) are not seen, so completeness and preciseness rest
on quality words alone; irony, tables and languages other than English are not read; a level that is only paraphrased
("I would not use it") is "no_conclusion". The thresholds that turn shares into 0, 1, 2 are ours: the paper prints none.
Quality accuracy follows the published rubric exactly wherever both conclusions are readable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from judges.axes import AXES, allowed_scores
from judges.errors import JudgeInputError
from judges.refusal import is_refusal
from judges.rules.consistency import grade_consistency, preference_consistency
from judges.rules.facts import Facts, facts
from judges.rules.formulas import agreement_with, completeness_score, coverage, preciseness_score
from judges.rules.grade import grade_distance, read_grade
from judges.rules.preference import Conclusion, read_preference

VERSION = "rules-1"
State = Literal["scored", "no_conclusion", "ambiguous", "no_facts", "reference_unreadable", "refusal"]


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """One axis: the score, or None with the state that says what could not be read; `detail` shows the evidence."""

    score: int | None
    state: State
    detail: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A text as the rules see it: its facts, its conclusion, and how that was found."""

    facts: Facts
    conclusion: str | None
    rule: str


def judge_by_rules(task: str, *, response: str, reference: str, modality: str | None = None) -> dict[str, RuleVerdict]:
    """A verdict by axis. An answer without a readable conclusion is unscored on quality accuracy, not wrong.

    Raises `JudgeInputError` for another task or an empty text.
    """
    allowed_scores(task, AXES[0])
    if not response.strip() or not reference.strip():
        raise JudgeInputError("expected a response and a reference to judge, got an empty text; leave such rows out")
    ours, theirs = _read(task, response, modality), _read(task, reference, modality)
    if ours.conclusion is None and not ours.facts and is_refusal(response):
        return dict.fromkeys(AXES, RuleVerdict(None, "refusal", "the answer declines"))
    return {
        "completeness": _completeness(ours, theirs),
        "preciseness": _preciseness(task, ours, theirs),
        "consistency": _consistency(task, ours, theirs),
        "quality_accuracy": _quality_accuracy(task, ours, theirs),
    }


def _read(task: str, text: str, modality: str | None) -> _Read:
    if task == "comparison":
        preference = read_preference(text)
        return _Read(facts(text, modality=modality, paired=True), preference.conclusion, preference.rule)
    grade = read_grade(text)
    return _Read(facts(text, modality=modality), grade.level, grade.rule)


def _completeness(ours: _Read, theirs: _Read) -> RuleVerdict:
    share = coverage(ours.facts, theirs.facts)
    if share is None:
        return RuleVerdict(None, "reference_unreadable", "the reference states no fact of the lexicon")
    return RuleVerdict(completeness_score(share), "scored", f"{share:.3f} of {len(theirs.facts)} reference facts")


def _preciseness(task: str, ours: _Read, theirs: _Read) -> RuleVerdict:
    share = agreement_with(ours.facts, theirs.facts)
    if share is None:
        return RuleVerdict(None, "no_facts", "the answer states no fact of the lexicon")
    score = preciseness_score(share, conclusion_distance=_distance(task, ours, theirs))
    return RuleVerdict(score, "scored", f"{share:.3f} of {len(ours.facts)} facts not contradicted")


def _consistency(task: str, ours: _Read, theirs: _Read) -> RuleVerdict:
    if ours.conclusion is None:
        return _without_conclusion(ours)
    evidence = f"{len(ours.facts)} facts, conclusion {ours.conclusion}"
    if task == "comparison":
        score = preference_consistency(
            ours.facts,
            _as_conclusion(ours.conclusion),
            reference=theirs.facts,
            reference_conclusion=None if theirs.conclusion is None else _as_conclusion(theirs.conclusion),
        )
        return RuleVerdict(score, "scored", evidence)
    score = grade_consistency(ours.facts, ours.conclusion, reference=theirs.facts, reference_level=theirs.conclusion)
    return RuleVerdict(score, "scored", evidence)


def _quality_accuracy(task: str, ours: _Read, theirs: _Read) -> RuleVerdict:
    if theirs.conclusion is None:
        return RuleVerdict(None, "reference_unreadable", f"the reference's conclusion: {theirs.rule}")
    distance = _distance(task, ours, theirs)
    if distance is None:
        return _without_conclusion(ours)
    score = 2 - distance if task == "reasoning" else 2 if distance == 0 else 0
    return RuleVerdict(score, "scored", f"{ours.conclusion} ({ours.rule}), reference {theirs.conclusion}")


def _distance(task: str, ours: _Read, theirs: _Read) -> int | None:
    """0 the same conclusion, 1 adjacent (in a comparison: one of them "equal"), 2 opposite; None if one is missing."""
    if ours.conclusion is None or theirs.conclusion is None:
        return None
    if task == "reasoning":
        return grade_distance(ours.conclusion, theirs.conclusion)
    if ours.conclusion == theirs.conclusion:
        return 0
    return 1 if "equal" in (ours.conclusion, theirs.conclusion) else 2


def _without_conclusion(ours: _Read) -> RuleVerdict:
    state: State = "ambiguous" if ours.rule == "ambiguous" else "no_conclusion"
    return RuleVerdict(None, state, "no single conclusion can be read from the answer")


def _as_conclusion(text: str) -> Conclusion:
    return "first" if text == "first" else "second" if text == "second" else "equal"
