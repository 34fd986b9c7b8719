"""How much of a problem a mention states: 0 absent, 1 mild, 2 moderate or not graded, 3 severe."""

from __future__ import annotations

import re

from judges.rules import words as w
from judges.rules.lexicon import Mention

DEFECT_REACH_WORDS = 4
SCALE_REACH_WORDS = 5
MERIT_REACH_WORDS = 3
PREDICATE_REACH_WORDS = 4
NEGATION_REACH_WORDS = 10
_WORD = re.compile(r"[\w'-]+")
_FREE = re.compile(r"^[\s-]*free\b")
_NOT_SEEN = re.compile(
    r"\bnot\s+(?:\w+ly\s+)?(?:visible|seen|present|evident|apparent|observed|noticeable|detected|noted)"
)
_ABOUT_DIFFERENCE = re.compile(
    r"^\s+(?:(?:quality|visual|overall)\s+)*(?:differences?|evidence|advantages?|signs?|winner|superiority)\b"
)
_PREDICATE = re.compile(rf"(?:\s+{w.COPULA}\s+|\s*:\s*)(?P<said>[^,;.:]*)")
_DEFECT_GRADES = {
    **dict.fromkeys(w.word_set(w.MODERATE_WORDS), w.MODERATE),
    **dict.fromkeys(w.word_set(w.SEVERE_WORDS), w.SEVERE),
    **dict.fromkeys(w.word_set(w.MILD_WORDS), w.MILD),
    **dict.fromkeys(w.word_set(w.ABSENT_WORDS), w.ABSENT),
}
_SCALE_GRADES = {
    **dict.fromkeys(w.word_set(w.GOOD_WORDS), w.ABSENT),
    **dict.fromkeys(w.word_set(w.FAIR_WORDS), w.MILD),
    **dict.fromkeys(w.word_set(w.BAD_WORDS), w.MODERATE),
}
_SEVERE = w.word_set(w.SEVERE_WORDS)
_MILD = w.word_set(w.MILD_WORDS)


def severity(clause: str, mention: Mention, others: list[Mention]) -> int | None:
    """The severity that the lower-case clause gives to a mention in it; None when a quantity is named but not judged.

    `others` are the clause's other mentions: a judging word is not borrowed across a mention of another kind.
    """
    before = _words_before(clause, mention, others)
    negations = _negations(clause, mention)
    negated = negations % 2 == 1
    if mention.kind == "defect":
        return _of_defect(clause, mention, before, negated, others)
    if mention.kind == "merit":
        return _of_merit(clause, mention, before, negated, others)
    return _of_scale(clause, mention, before, negations, others)


def _of_defect(clause: str, mention: Mention, before: list[str], negated: bool, others: list[Mention]) -> int:
    rest = clause[mention.end :]
    if negated or _FREE.match(rest):
        return w.ABSENT
    said = _said_after(clause, mention, others)
    after = [_DEFECT_GRADES[word] for word in said if word in _DEFECT_GRADES]
    if _NOT_SEEN.search(" ".join(said)) or (after[:1] == [w.ABSENT] and "not" not in said):
        return w.ABSENT
    graded = [_DEFECT_GRADES[word] for word in reversed(before[-DEFECT_REACH_WORDS:]) if word in _DEFECT_GRADES]
    if graded:
        return graded[0]
    return after[0] if after and "not" not in said else w.MODERATE


def _of_merit(clause: str, mention: Mention, before: list[str], negated: bool, others: list[Mention]) -> int | None:
    follows_directly = any(
        other.kind == "defect" and other.start >= mention.end and not clause[mention.end : other.start].strip()
        for other in others
    )
    is_about_defect = "visible" in clause[mention.start : mention.end] or "seen" in clause[mention.start : mention.end]
    subject_is_defect = is_about_defect and any(
        other.kind == "defect" and other.end <= mention.start for other in others
    )
    if follows_directly or subject_is_defect or _ABOUT_DIFFERENCE.match(clause[mention.end :]):
        return None
    near = set(before[-MERIT_REACH_WORDS:])
    if negated or near & w.word_set(w.WEAKENERS):
        return w.MILD if near & _MILD else w.MODERATE
    return w.MILD if near & w.word_set(w.SOFTENERS) else w.ABSENT


def _of_scale(clause: str, mention: Mention, before: list[str], negations: int, others: list[Mention]) -> int | None:
    negated = negations % 2 == 1
    near = before[-SCALE_REACH_WORDS:]
    graded = _first_grade(list(reversed(near)), near) if near else None
    if graded is None:
        said = _said_after(clause, mention, others)
        graded = _first_grade(said, said)
        negated = negated or (graded is not None and "not" in said)
    if graded is None:
        return w.MODERATE if negated else w.ABSENT if negations else None
    if not negated:
        return graded
    return w.MODERATE if graded == w.ABSENT else w.ABSENT


def _first_grade(order: list[str], context: list[str]) -> int | None:
    """The grade of the first judging word in `order`, made stronger or weaker by an adverb anywhere in the context."""
    grade = next((_SCALE_GRADES[word] for word in order if word in _SCALE_GRADES), None)
    if grade != w.MODERATE:
        return grade
    adverbs = {word for word in context if word not in _SCALE_GRADES}
    return w.SEVERE if adverbs & _SEVERE else w.MILD if adverbs & _MILD else grade


def _words_before(clause: str, mention: Mention, others: list[Mention]) -> list[str]:
    """The words before a mention, back to the last mention of another kind."""
    start = max((other.end for other in others if other.end <= mention.start and other.kind != mention.kind), default=0)
    return _WORD.findall(clause[start : mention.start])


def _said_after(clause: str, mention: Mention, others: list[Mention]) -> list[str]:
    """The words after the verb that follows a mention ("contrast and brightness remain acceptable"), if one follows."""
    blocking = [other.start for other in others if other.start >= mention.end and other.kind != mention.kind]
    rest = clause[mention.end : min(blocking, default=len(clause))]
    found = _PREDICATE.search(rest)
    if found is None or len(_WORD.findall(rest[: found.start()])) > PREDICATE_REACH_WORDS:
        return []
    return _WORD.findall(found.group("said"))[:PREDICATE_REACH_WORDS]


def _negations(clause: str, mention: Mention) -> int:
    """How many negators reach the mention; "neither ... nor" is one."""
    first_word = _WORD.match(clause, mention.start)
    end = first_word.end() if first_word else mention.start
    reaching = []
    for negator in w.NEGATOR.finditer(clause, 0, mention.start):
        between = clause[negator.end() : mention.start]
        near = len(_WORD.findall(between)) <= NEGATION_REACH_WORDS
        if near and not w.SCOPE_END.search(clause, negator.end(), end) and not _new_statement(between):
            reaching.append(negator.group())
    words = [word for word in reaching if word not in {"neither", "nor"}]
    return len(words) + (len(words) < len(reaching))


def _new_statement(between: str) -> bool:
    """Whether a comma after the negator ended the negated statement ("no noise is seen, edges are soft")."""
    head, comma, tail = between.rpartition(",")
    return bool(comma) and re.search(rf"\b{w.COPULA}\b", head) is not None and not re.match(r"\s*(?:or|nor)\b", tail)
