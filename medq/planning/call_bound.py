"""The most that one attempt at a call can cost: what a budget sets aside before the attempt is made."""

from __future__ import annotations

import json

from medq.calling.call import Call, ImagePart
from medq.calling.price import Price, cost_usd
from medq.planning.image_tokens import ImageTokens
from medq.planning.text_tokens import MESSAGE_TOKENS_AT_MOST, text_tokens_at_most


def most_usd(call: Call, *, price: Price, rule: ImageTokens) -> float:
    """US dollars: every text byte a token, images by the rule's bound, and an answer as long as its limit allows.

    Raises `ValueError` for a call without a token limit: nothing bounds its answer.
    """
    limit = call.params.get(call.max_tokens_param)
    if not isinstance(limit, int):
        raise ValueError(f"expected a number for {call.max_tokens_param} in the call's parameters, got {limit!r}")  # noqa: TRY004  a setting is missing
    cost = cost_usd(price, tokens_in=_tokens_in(call, rule), tokens_out=limit)
    assert cost is not None
    return cost


def _tokens_in(call: Call, rule: ImageTokens) -> int:
    # A schema for the answer is part of what the model reads.
    tokens = text_tokens_at_most(json.dumps(call.params, default=str))
    for message in call.messages:
        tokens += MESSAGE_TOKENS_AT_MOST
        for part in message.parts:
            tokens += text_tokens_at_most(part) if isinstance(part, str) else _image(part, rule)
    return tokens


def _image(part: ImagePart, rule: ImageTokens) -> int:
    from medq_tasks.images import probe

    info = probe(part.data, "an image of the call")
    return rule.most(info.width, info.height)
