"""Completeness and preciseness by the paper's formulas (section 2.3.3), from the facts of two texts."""

from __future__ import annotations

from judges.rules.facts import Fact, Facts
from judges.rules.lexicon import GENERIC_ARTIFACT, artifact_kinds
from judges.rules.words import ABSENT, MODERATE

ALMOST_COMPLETE = 0.75
FEW_CONTRADICTIONS = 0.9
PARTLY_CONSISTENT = 0.5


def coverage(output: Facts, reference: Facts) -> float | None:
    """|K_R ∩ K_O| / |K_R| in [0, 1], higher is better: the share of the reference's facts that the output states.

    A fact is covered when the output says the same of the same image: present, or absent; how severe is not compared.
    "Artifacts" without a kind is covered by any kind of them. None when the reference states no fact.
    """
    if not reference:
        return None
    return sum(_is_covered(fact, grade, output) for fact, grade in reference.items()) / len(reference)


def agreement_with(output: Facts, reference: Facts) -> float | None:
    """1 − contradicted / |K_O| in [0, 1], higher is better. None when the output states no fact.

    A contradiction is an attribute that one text denies and the other calls moderate or worse; a mild problem that the
    other text does not see is a difference in wording (rubric: "only penalize clear contradictions").
    """
    if not output:
        return None
    contradicted = sum(_is_contradicted(fact, grade, reference) for fact, grade in output.items())
    return 1 - contradicted / len(output)


def completeness_score(share: float) -> int:
    """2 from a share of 0.75 on ("completely or almost completely"), 0 at 0 ("not including at all"), else 1.

    >>> [completeness_score(share) for share in (0.0, 0.2, 0.75, 1.0)]
    [0, 1, 2, 2]
    """
    if share >= ALMOST_COMPLETE:
        return 2
    return 1 if share > 0 else 0


def preciseness_score(share: float, *, conclusion_distance: int | None) -> int:
    """2 from 0.9 on, 1 from 0.5 on, else 0; a conclusion that is off by one step allows 1 at most, an opposite one 0.

    The rubric counts "misalignment with the quality conclusion" as a 0. `conclusion_distance` is None when either
    text has no readable conclusion: then the facts alone count.
    """
    score = 2 if share >= FEW_CONTRADICTIONS else 1 if share >= PARTLY_CONSISTENT else 0
    return score if conclusion_distance is None else min(score, 2 - conclusion_distance)


def _is_covered(fact: Fact, grade: int, output: Facts) -> bool:
    stated = [output[other] for other in _same_or_kind(fact) if other in output]
    return any((other > ABSENT) == (grade > ABSENT) for other in stated)


def _same_or_kind(fact: Fact) -> list[Fact]:
    if fact.attribute != GENERIC_ARTIFACT:
        return [fact]
    return [fact, *(Fact(kind, fact.image) for kind in sorted(artifact_kinds()))]


def _is_contradicted(fact: Fact, grade: int, reference: Facts) -> bool:
    if _clash(grade, reference.get(fact)):
        return True
    general = Fact(GENERIC_ARTIFACT, fact.image)
    if fact.attribute in artifact_kinds() and fact not in reference:
        return grade >= MODERATE and reference.get(general) == ABSENT
    if fact == general and grade == ABSENT:
        return any(reference.get(kind, ABSENT) >= MODERATE for kind in _same_or_kind(fact))
    return False


def _clash(one: int, other: int | None) -> bool:
    return other is not None and ABSENT in (one, other) and max(one, other) >= MODERATE
