"""Writes descriptions and comparisons from the scores, in fixed sentences that end in the conclusion asked for."""

from __future__ import annotations

from medq.models.iqa.attributes import attributes, looked_for
from medq.models.iqa.estimate import Scores, level, overall
from medq.models.iqa.thresholds import Threshold

QUALITY = ("good", "usable", "reject")
STRENGTH = ("no", "mild", "severe")
ORDINALS = ("first", "second")


def describe(scores: Scores, whole: Threshold) -> str:
    """Three sentences: what is seen, what is not, the conclusion."""
    label = QUALITY[level(overall(scores, None, whole))]
    return f"{_findings('The image', scores)} Overall, the quality of this image is {label}."


def compare(first: Scores, second: Scores) -> str:
    """What is seen in each image, and which is better."""
    sides = [_findings(f"The {name} image", scores) for name, scores in zip(ORDINALS, (first, second), strict=True)]
    better = 0 if excess(second, first) >= excess(first, second) else 1
    return f"{sides[0]} {sides[1]} Overall, the {ORDINALS[better]} image has higher quality."


def excess(one: Scores, other: Scores) -> float:
    """By how much the first image is worse than the other in the attribute where the difference is largest."""
    return max(one[key] - other[key] for key in attributes())


def _findings(subject: str, scores: Scores) -> str:
    plain = looked_for(None)
    seen = sorted((key for key in plain if level(scores[key])), key=lambda key: -scores[key])
    missing = [attributes()[key].label for key in plain if not level(scores[key])]
    found = [f"{STRENGTH[level(scores[key])]} {attributes()[key].label}" for key in seen]
    shown = (
        f"{subject} shows {_listed(found)}." if found else f"{subject} is clear, with sharp edges and good contrast."
    )
    absent = f" It shows no {_listed(missing[:3], 'or')}." if missing else ""
    return shown + absent


def _listed(words: list[str], joint: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"
