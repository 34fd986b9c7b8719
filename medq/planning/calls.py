"""Calls, tokens, dollars and minutes of one model in one role."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from judges.axes import AXES
from medq.calling.price import Price
from medq.judging.settings import JudgeSettings
from medq.models.price import known_price
from medq.models.settings import ModelSettings
from medq.planning import assumed
from medq.planning.estimate import CallsEstimate, Range
from medq.planning.image_tokens import image_tokens
from medq.planning.survey import Surveyed
from medq.planning.tokens_in import TokensIn, of_answers, of_verdicts
from medq.run.task_kinds import task_kind


def answers_estimate(
    model: ModelSettings, left: Sequence[Surveyed], *, in_journal: int, latency_s: float | None
) -> CallsEstimate:
    """What the model's answers to the questions that are `left` take."""
    charged = model.kind == "litellm"
    rule = image_tokens(model.id or "", api_base=model.api_base, detail=model.images.detail)
    read = of_answers(left, rule) if charged else TokensIn()
    sendable = [one for one in left if one.sizes is not None]
    low = sum(min(_short(one), model.max_tokens or _short(one)) for one in sendable)
    written = None if model.max_tokens is None else Range(low, max(low, model.max_tokens * len(sendable)))
    price = known_price(model) if charged else None
    return CallsEstimate(
        role="answers",
        model=model.name or model.kind,
        calls=len(left) + in_journal,
        in_journal=in_journal,
        text_tokens=read.text,
        image_tokens=read.images,
        answer_tokens=written if charged else None,
        cost_usd=None
        if price is None
        else _cost(price.price, Range(read.text + read.images, read.text + read.images_at_most), written),
        minutes=_minutes(model, len(sendable), latency_s or assumed.ANSWER_S) if charged else None,
        charged=charged,
        price=price,
        image_rule=rule.name if charged else None,
        image_rule_documented=rule.documented,
    )


def verdicts_estimate(
    model: ModelSettings,
    texts: Sequence[Surveyed],
    judge: JudgeSettings,
    *,
    longest: int | None,
    in_journal: int,
    latency_s: float | None,
) -> CallsEstimate:
    """What one judge's verdicts on the answers to `texts` take; `longest` is the model's token limit.

    How long the answers are is not known yet: short ones in the low estimate, as long as the limit allows in the high.
    """
    calls = len(texts) * len(AXES) * judge.rounds
    left = max(0, calls - in_journal)
    share = judge.rounds * left / calls if calls else 0.0
    low = share * of_verdicts(texts, judge.protocol, answer_tokens=assumed.FREE_TEXT_TOKENS)
    high = share * of_verdicts(texts, judge.protocol, answer_tokens=longest or assumed.FREE_TEXT_TOKENS)
    most = max(assumed.VERDICT_TOKENS, model.max_tokens or 0)
    written = Range(assumed.VERDICT_TOKENS * left, most * left)
    price = known_price(model)
    return CallsEstimate(
        role="verdicts",
        model=model.name or model.id or "",
        calls=calls,
        in_journal=in_journal,
        text_tokens=round(low),
        image_tokens=0,
        answer_tokens=written,
        cost_usd=None if price is None else _cost(price.price, Range(low, high), written),
        minutes=_minutes(model, left, latency_s or assumed.VERDICT_S),
        charged=True,
        price=price,
    )


def _short(one: Surveyed) -> int:
    judged = task_kind(one.question.item.task).judged
    return assumed.FREE_TEXT_TOKENS if judged else assumed.CHOICE_TOKENS


def _cost(price: Price, read: Range, written: Range | None) -> Range | None:
    """Dollars; the high end with a share of the calls made twice. None where nothing bounds the answers."""
    if written is None:
        return None
    low = (read.low * price.input + written.low * price.output) / 1e6
    high = (1 + assumed.REPEATED_SHARE) * (read.high * price.input + written.high * price.output) / 1e6
    return Range(low, high)


def _minutes(model: ModelSettings, calls: int, latency_s: float) -> float:
    """Minutes with all slots busy; a batch lane answers within a day, however many calls."""
    if model.batch:
        return 24 * 60.0 if calls else 0.0
    return ceil(calls / model.concurrency) * latency_s / 60
