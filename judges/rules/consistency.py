"""Whether the problems that a text describes support the conclusion that it draws (paper, section 2.3.3, S(O, R)).

The burden is the sum of the severities of the problems described. The rubric's rule ("many serious problems: reject;
minor problems: usable; no or very few: good") is an interval of burden for each level; the reference widens the
interval of the level that it concludes itself, since it shows the "expected reasoning-conclusion relationship".
"""

from __future__ import annotations

from judges.rules.facts import Facts
from judges.rules.images import Which
from judges.rules.lexicon import DETAIL, GENERIC_ARTIFACT
from judges.rules.preference import Conclusion
from judges.rules.words import ABSENT, SEVERE

UNBOUNDED = 1_000
INTERVALS = {"good": (0, 2), "usable": (1, 8), "reject": (3, UNBOUNDED)}
CONSEQUENCES = frozenset({DETAIL, GENERIC_ARTIFACT})
SMALL_GAP = 3
EQUAL_MARGIN = 2


def burden(facts: Facts) -> int:
    """The severities of the described problems, added up; 0 for a text that describes none.

    That details are lost, and that there are artifacts without a kind, follows from the problems and is not counted
    beside them; where a text says nothing else, the worse of the two stands for all.
    """
    named = sum(grade for fact, grade in facts.items() if fact.attribute not in CONSEQUENCES)
    return named or max(facts.values(), default=0)


def grade_consistency(facts: Facts, level: str, *, reference: Facts, reference_level: str | None) -> int:
    """2 when the burden lies in the level's interval, 1 when it misses it by 3 or less, else 0.

    A severe problem with the conclusion "good" is 1 at most, unless the reference concludes so too.
    """
    low, high = INTERVALS[level]
    if level == reference_level:
        low, high = min(low, burden(reference)), max(high, burden(reference))
    gap = max(low - burden(facts), burden(facts) - high, 0)
    if level == "good" and reference_level != "good" and SEVERE in facts.values():
        gap = max(gap, 1)
    if level == "reject" and reference_level != "reject" and burden(facts) == 0:
        return 0
    return 2 if gap == 0 else 1 if gap <= SMALL_GAP else 0


def margin(facts: Facts) -> int:
    """How much more burdened the second image is than the first; what is praised in an image counts 1 for it."""
    return _weight(facts, "second") - _weight(facts, "first")


def preference_consistency(
    facts: Facts, conclusion: Conclusion, *, reference: Facts, reference_conclusion: Conclusion | None
) -> int:
    """2 when the described problems favour the image that is concluded to be better, 1 when neither, 0 when the other.

    For "equal": 2 up to a margin of 2, 1 up to 3, else 0. Where the reference draws the same conclusion from a
    smaller margin, that margin is enough.
    """
    towards = _towards(margin(facts), conclusion)
    same = conclusion == reference_conclusion
    needed = min(1, _towards(margin(reference), conclusion)) if same else 1
    if conclusion == "equal":
        needed = min(-EQUAL_MARGIN, needed) if same else -EQUAL_MARGIN
        return 2 if towards >= needed else 1 if towards >= needed - 1 else 0
    return 2 if towards >= needed else 1 if towards >= min(0, needed - 1) else 0


def _towards(value: int, conclusion: Conclusion) -> int:
    """The margin as support for a conclusion: positive supports it; for "equal" the negative distance from zero."""
    if conclusion == "equal":
        return -abs(value)
    return value if conclusion == "first" else -value


def _weight(facts: Facts, image: Which) -> int:
    return sum(grade if grade > ABSENT else -1 for fact, grade in facts.items() if fact.image == image)
