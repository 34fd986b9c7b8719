"""Chooses an option from the scores, knowing of the question no more than its words and its options."""

from __future__ import annotations

from collections.abc import Sequence

from medq.models.iqa.estimate import Scores, level, overall
from medq.models.iqa.lexicon import Topic, lexicon, modality_of, says, topic_of
from medq.models.iqa.thresholds import Threshold
from medq_tasks.item import Option

ABSENT, MILD, SEVERE = 0, 1, 2


def choose(question: str, options: Sequence[Option], scores: Scores, whole: Threshold) -> Option:
    """The option that fits the scores best, the first of equals; `whole` are the limits of the image as a whole.

    Raises IndexError where there are no options.
    """
    modality = modality_of(question)
    texts = [option.text for option in options]
    if {text.strip().lower().rstrip(".") for text in texts} == {"yes", "no"}:
        topic = topic_of(question, modality)
        answer = "yes" if _holds(question, topic, _level(topic, scores, modality, whole)) else "no"
        return next(option for option in options if option.text.strip().lower().startswith(answer))
    topics = [topic_of(text, modality) for text in texts]
    named = {topic.attribute for topic in topics if topic.attribute is not None and not topic.good}
    if len(named) >= 2:
        return options[_best(_presence(texts, topics, scores))]
    topic = topic_of(question, modality)
    wanted = _level(topic, scores, modality, whole)
    return options[_best([-abs(option_level(text, topic) - wanted) for text in texts])]


def option_level(text: str, topic: Topic) -> float:
    """How severe an option of a scale says it is: 0, 1 or 2, 1.1 where its words say nothing.

    "Low" is good for noise and bad for contrast: `topic.good` tells which.
    """
    words = lexicon().options
    if says(text, words["mild"]):
        return MILD
    if says(text, words["severe"]):
        return ABSENT if says(text, words["good"]) else SEVERE
    if says(text, words["none"]) or says(text, words["good"]):
        return ABSENT
    for size, bad in (("small", topic.good), ("large", not topic.good)):
        if says(text, words[size]):
            return SEVERE if bad else ABSENT
    return 1.1


def _level(topic: Topic, scores: Scores, modality: str | None, whole: Threshold) -> int:
    return level(overall(scores, modality, whole) if topic.attribute is None else scores[topic.attribute])


def _holds(question: str, topic: Topic, found: int) -> bool:
    """Whether the question's statement is true of the image, in which the topic was found at that level."""
    if topic.attribute is None:
        return found < SEVERE if topic.good else found == SEVERE
    if topic.good:
        return found == ABSENT
    return found >= (SEVERE if says(question, ("severe", "pronounced", "heav")) else MILD)


def _presence(texts: Sequence[str], topics: Sequence[Topic], scores: Scores) -> list[float]:
    """For each option that names an attribute its score; for "none of these" what lies between seen and not seen."""
    none = lexicon().options["none_of_these"]
    return [
        1.0 if says(text, none) else scores[topic.attribute] if topic.attribute is not None else 0.0
        for text, topic in zip(texts, topics, strict=True)
    ]


def _best(values: Sequence[float]) -> int:
    return max(range(len(values)), key=lambda place: values[place])
