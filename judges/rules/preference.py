"""The conclusion of a comparison: which image has the higher quality, or that they are equal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from judges.rules.clauses import sentences
from judges.rules.images import ImageName, Which, image_names

Conclusion = Literal["first", "second", "equal"]

Tier = tuple[tuple[int, re.Pattern[str]], ...]

_OTHER = r"(?:higher|better|superior|greater|good|lower|worse|inferior|poorer|poor|less|reduced|but|has|is)\b"
_BETWEEN = rf"(?:(?!{_OTHER})[\w-]+\s+){{0,4}}?"
_BETTER = r"(?:higher|better|superior|best|greater|highest|improved|excellent|good)"
_WORSE = r"(?:lower|worse|inferior|poorer|worst|lowest|poor|reduced|lesser|less|degraded|low|bad)"
_ADVERB = r"(?:\w+ly\s+|much\s+|far\s+|the\s+|also\s+|overall\s+|of\s+|a\s+)*"
_IS = r"(?:is|are|was|as|be|being|remains?|seems?|appears?|looks?|considered|judged|deemed|rated|ranks?|makes?\s+it)"
_FIT = r"(?:suitable|suited|diagnostic\w*|reliable|useful|usable|appropriate|valuable|interpretable|acceptable)"
_TIERS: tuple[Tier, ...] = (
    (
        (1, re.compile(rf"\b{_BETTER}\s+{_BETWEEN}quality\b|\bquality\b[^.,;]*?\b{_IS}\s+{_ADVERB}{_BETTER}\b")),
        (1, re.compile(rf"\b{_IS}\s+{_ADVERB}(?:higher|better|superior)\s+in\s+(?:\w+\s+)?quality\b")),
        (-1, re.compile(rf"\b{_WORSE}\s+{_BETWEEN}quality\b|\bquality\b[^.,;]*?\b{_IS}\s+{_ADVERB}{_WORSE}\b")),
        (-1, re.compile(rf"\b{_IS}\s+{_ADVERB}(?:lower|worse|inferior|poorer)\s+in\s+(?:\w+\s+)?quality\b")),
    ),
    (
        (1, re.compile(rf"\b{_IS}\s+{_ADVERB}(?:better|superior|preferable|preferred|best|favou?red|winner)\b")),
        (1, re.compile(rf"\b(?:more|most|better)\s+{_FIT}\b|\boutperform\w*|\bsurpass\w*|\bwins\b|\bstands out\b")),
        (1, re.compile(r"\bi (?:would )?(?:prefer|choose|select|pick)\b|\bthe better\b|\bsuperior\b")),
        (-1, re.compile(rf"\b{_IS}\s+{_ADVERB}(?:worse|inferior|poorer|worst)\b|\b(?:less|least)\s+{_FIT}\b")),
        (-1, re.compile(r"\bunsuitable\b|\bthe worse\b|\bnon-?diagnostic\b|\binferior\b|\bunderperform\w*")),
    ),
    (
        (1, re.compile(r"\b(?:clearer|sharper|cleaner|crisper|better\s+\w+|superior\s+\w+)\b")),
        (-1, re.compile(r"\b(?:blurrier|noisier|more degraded|poorer\s+\w+|worse\s+\w+|more artifacts?)\b")),
    ),
)
_EQUAL = re.compile(
    r"\b(?:equal|equally|identical|comparable|similar|the same|equivalent|indistinguishable|neither (?:image|one)|tie"
    r"|no (?:clear |noticeable |significant |meaningful |visible )?(?:difference|winner|preference))\b"
)
_EQUAL_OF_QUALITY = re.compile(r"\b(?:quality|both|neither|two|overall|tie|difference|preference)\b")
_DENIED = re.compile(r"(?:\bnot|n't|\bno longer|\bnever|\bhardly|\bneither)\s+(?:\w+\s+){0,2}$")
_NOT_AS_GOOD = re.compile(
    r"\bnot\s+(?:quite\s+|nearly\s+)?as\s+(?:good|clear|sharp|high\w*|suitable|reliable)\b|\bfalls? short\b"
    r"|\bfails? to match\b"
)
_CUE = re.compile(
    r"\b(?:overall|conclu\w+|in summary|to summari[sz]e|therefore|thus|hence|consequently|in short|finally|verdict"
    r"|final answer|answer|winner|to sum up|taken together)\b"
)
_LABEL = re.compile(
    r"(?:conclusion|answer|verdict|winner|choice|result|better image|higher[ -]quality(?: image)?|preferred(?: image)?)"
    r"\s*(?:is|:|=|->)\s*(?P<rest>.*)$"
)
_OPPOSITE: dict[Which, Which] = {"first": "second", "second": "first"}


@dataclass(frozen=True, slots=True)
class Preference:
    """The image of higher quality, "equal", or None; `rule` names the kind of statement or says why there is none."""

    conclusion: Conclusion | None
    rule: str


def read_preference(text: str) -> Preference:
    """The conclusion, looked for in the last concluding sentence, then in the others from the end.

    Statements of quality ("has higher quality", "is of lower quality", "the second is worse") count before general
    judgements ("more suitable") and these before a single attribute ("clearer"). Statements of one rank that disagree
    within a sentence are "ambiguous"; a text that prefers nothing has "no_conclusion".

    >>> read_preference("Overall, the second image has lower quality.").conclusion
    'first'
    """
    parts = sentences(text)
    order = [part for part in reversed(parts) if _CUE.search(part.lower())]
    order += [part for part in reversed(parts) if part not in order]
    for sentence in order:
        found = _in_sentence(sentence)
        if found is not None:
            return found
    return Preference(None, "no_conclusion")


def _in_sentence(sentence: str) -> Preference | None:
    lowered = sentence.lower()
    names = image_names(sentence)
    for tier, rule in zip(_TIERS, ("quality", "judgement", "attribute"), strict=True):
        if rule == "attribute" and _is_equal(lowered):
            return Preference("equal", "equal")
        stated = {which for which in _preferred(lowered, names, tier) if which is not None}
        if len(stated) == 1:
            return Preference(stated.pop(), rule)
        if stated:
            return Preference(None, "ambiguous")
    return _labelled(sentence)


def _preferred(
    lowered: str, names: list[ImageName], tier: tuple[tuple[int, re.Pattern[str]], ...]
) -> list[Which | None]:
    """The image that each statement of the tier prefers; None for a statement that names no image."""
    statements = [
        (match.end(), -sign if _DENIED.search(lowered[: match.start()]) else sign)
        for sign, pattern in tier
        for match in pattern.finditer(lowered)
    ]
    statements += [(match.end(), -1) for match in _NOT_AS_GOOD.finditer(lowered)]
    return [_towards(names, end, sign) for end, sign in statements]


def _towards(names: list[ImageName], end: int, sign: int) -> Which | None:
    """The preferred image of one statement: its subject, or the opposite of its object, turned round when negative."""
    subjects = [name for name in names if not name.is_object]
    before = [name for name in subjects if name.start < end]
    after = [name for name in subjects if name.start >= end]
    objects = [name for name in names if name.is_object]
    if before or after:
        subject = (before[-1] if before else after[0]).which
    elif objects:
        subject = _OPPOSITE[objects[0].which]
    else:
        return None
    return subject if sign > 0 else _OPPOSITE[subject]


def _is_equal(lowered: str) -> bool:
    return _EQUAL.search(lowered) is not None and _EQUAL_OF_QUALITY.search(lowered) is not None


def _labelled(sentence: str) -> Preference | None:
    """A bare answer: "Conclusion: Image 1", "A > B", or a sentence that is nothing but the name of an image."""
    names = image_names(sentence)
    if len(names) == 2 and (sign := sentence[names[0].end : names[1].start].strip()) in {">", "<"}:
        return Preference(names[0 if sign == ">" else 1].which, "label")
    match = _LABEL.search(sentence.lower())
    rest = sentence[match.start("rest") :] if match else sentence if len(sentence.split()) <= 4 else ""
    named = {name.which for name in image_names(rest)}
    return Preference(named.pop(), "label") if len(named) == 1 else None
