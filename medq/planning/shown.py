"""A plan as a table and the lines below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from medq.budget import dollars
from medq.planning import assumed
from medq.planning.estimate import CallsEstimate, Detectable, Plan, Range

if TYPE_CHECKING:
    from rich.table import Table

UNKNOWN = "unknown"
FREE = "no charge"


def plan_table(plan: Plan) -> Table:
    """One line a model and role; tokens, cost and minutes of the calls that no journal holds."""
    from rich.table import Table

    table = Table(title=f"plan: {plan.title} (nothing is spent)", title_justify="left")
    table.add_column("", overflow="fold")
    columns = ("calls", "in\njournal", "text\ntokens", "image\ntokens", "answer\ntokens", "cost", "minutes")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    for one in plan.calls:
        table.add_row(f"{one.role}: {one.model}", *_cells(one))
    table.add_section()
    table.add_row("[bold]all[/]", *_sums(plan), _cost_of_all(plan), _minutes_of_all(plan))
    return table


def plan_lines(plan: Plan) -> Iterator[str]:
    """What the table rests on: prices with their day, rules for images, assumptions, and what n can show."""
    yield from _prices(plan)
    for one in plan.calls:
        if one.image_rule is not None:
            certain = "documented" if one.image_rule_documented else "an estimate"
            yield f"image tokens of {one.model}: {one.image_rule} ({certain})"
    yield (
        f"low: answers of {assumed.CHOICE_TOKENS} (choice) or {assumed.FREE_TEXT_TOKENS} (free text) tokens, no hidden "
        f"reasoning; high: answers as long as max_tokens allows, {assumed.REPEATED_SHARE:.0%} of the calls made twice"
    )
    yield (
        f"minutes: all slots busy, {assumed.ANSWER_S:g} s an answer and {assumed.VERDICT_S:g} s a verdict unless "
        "run.assumed_latency_s says otherwise"
    )
    yield from map(_shows, plan.detectable)
    yield from _standing(plan)
    yield from plan.notes


def _cells(one: CallsEstimate) -> tuple[str, ...]:
    counts = (f"{one.calls:,}", f"{one.in_journal:,}")
    if not one.charged:
        return (*counts, "", "", "", FREE, "")
    written = UNKNOWN if one.answer_tokens is None else _tokens(one.answer_tokens)
    cost = UNKNOWN if one.cost_usd is None else _between(one.cost_usd)
    minutes = "" if one.minutes is None else f"{one.minutes:,.1f}"
    return (*counts, f"{one.text_tokens:,}", f"{one.image_tokens:,}", written, cost, minutes)


def _sums(plan: Plan) -> tuple[str, ...]:
    calls, held = sum(one.calls for one in plan.calls), sum(one.in_journal for one in plan.calls)
    text, images = sum(one.text_tokens for one in plan.calls), sum(one.image_tokens for one in plan.calls)
    return f"{calls:,}", f"{held:,}", f"{text:,}", f"{images:,}", ""


def _cost_of_all(plan: Plan) -> str:
    cost = plan.cost_usd()
    if not any(one.charged for one in plan.calls):
        return FREE
    return UNKNOWN if cost is None else _between(cost)


def _minutes_of_all(plan: Plan) -> str:
    """Verdicts follow the answers; judges of a panel are asked side by side."""
    answers = [one.minutes for one in plan.calls if one.role == "answers" and one.minutes is not None]
    verdicts = [one.minutes for one in plan.calls if one.role == "verdicts" and one.minutes is not None]
    if not answers and not verdicts:
        return ""
    return f"{max(answers, default=0.0) + max(verdicts, default=0.0):,.1f}"


def _prices(plan: Plan) -> Iterator[str]:
    for one in plan.calls:
        if not one.charged:
            continue
        if one.price is None:
            yield f"price of {one.model}: unknown; set model.price (judge.price)='{{input: USD, output: USD}}'"
        else:
            price = one.price.price
            yield (
                f"price of {one.model}: ${price.input:g} in, ${price.output:g} out for a million tokens "
                f"({one.price.source})"
            )


def _shows(one: Detectable) -> str:
    shown = [_difference(value, judged=one.judged) for value in (one.separate, one.paired)]
    scores = f"scores with standard deviation {assumed.SCORE_DEVIATION:g}, correlated {assumed.SCORE_CORRELATION:g}"
    shares = f"accuracy {assumed.ACCURACY:.0%}, {assumed.DISCORDANT:.0%} of items that one run alone gets right"
    return (
        f"{one.task}, n = {one.n:,}: shows at 80 % power (two-sided 5 %) a difference, between runs on different "
        f"items, of {shown[0]}, on the same items of {shown[1]} (assumed: {scores if one.judged else shares})"
    )


def _difference(value: float | None, *, judged: bool) -> str:
    if value is None:
        return "which no result can reach"
    return f"{value:.2f} points on an axis" if judged else f"{100 * value:.1f} points of accuracy"


def _standing(plan: Plan) -> Iterator[str]:
    if plan.unreadable:
        yield f"{plan.unreadable:,} questions have an image that cannot be read; the run would count them as failed"
    if plan.continues is not None:
        yield f"goes on with {plan.continues}, which has spent {dollars(plan.spent_usd)}"
    if plan.budget_usd is not None:
        yield _budget(plan, plan.budget_usd, plan.cost_usd())


def _budget(plan: Plan, budget_usd: float, cost: Range | None) -> str:
    left = f"run.budget_usd={budget_usd:g} leaves {dollars(max(0.0, budget_usd - plan.spent_usd))}"
    if cost is None:
        return f"{left}; a price is unknown, so the run would be refused"
    enough = [plan.spent_usd + end <= budget_usd for end in (cost.low, cost.high)]
    if all(enough):
        return f"{left}: enough"
    return f"{left}: enough for the low estimate, not for the high" if enough[0] else f"{left}: not enough"


def _tokens(tokens: Range) -> str:
    return f"{_short(tokens.low)} – {_short(tokens.high)}"


def _short(count: float) -> str:
    if count >= 1e6:
        return f"{count / 1e6:.2f} M"
    return f"{count / 1e3:.1f} k" if count >= 1e4 else f"{count:,.0f}"


def _between(cost: Range) -> str:
    return f"{dollars(cost.low)} – {dollars(cost.high)}"
