"""The tokens that the calls of a run read: the model's prompts and images, and the judge's rubrics and answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from judges.axes import AXES
from judges.prompt import Protocol, render
from medq.planning.image_tokens import ImageTokens
from medq.planning.survey import Surveyed
from medq.planning.text_tokens import MESSAGE_TOKENS, text_tokens


@dataclass(frozen=True, slots=True)
class TokensIn:
    """Tokens of text and images, and the most that the images can be where the provider's rule is not certain."""

    text: int = 0
    images: int = 0
    images_at_most: int = 0


def of_answers(asked: Sequence[Surveyed], rule: ImageTokens) -> TokensIn:
    """What the model reads to answer; images that cannot be read are not sent."""
    sizes = [size for one in asked for size in one.sizes or ()]
    return TokensIn(
        text=sum(text_tokens(one.question.prompt) + MESSAGE_TOKENS for one in asked),
        images=sum(rule.count(*size) for size in sizes),
        images_at_most=sum((rule.count if rule.documented else rule.most)(*size) for size in sizes),
    )


def of_verdicts(asked: Sequence[Surveyed], protocol: Protocol, *, answer_tokens: int) -> int:
    """Text tokens of one verdict on each axis of each answer, for answers of that length."""
    return sum(answer_tokens + _verdict(one, axis, protocol) for one in asked for axis in AXES)


def _verdict(one: Surveyed, axis: str, protocol: Protocol) -> int:
    item = one.question.item
    messages = render(item.task, axis, response="-", reference=item.reference or "-", protocol=protocol)
    return sum(text_tokens(message.content) + MESSAGE_TOKENS for message in messages)
