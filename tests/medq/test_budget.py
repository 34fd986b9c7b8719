"""The purse never pays more than it holds; runs under a budget: `tests/medq/run/test_budget.py`."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from medq.budget import Meter, Purse
from medq.calling.call import Call, Fault, Message, Reply
from medq.calling.price import Price
from medq.errors import BudgetReached
from medq.planning.image_tokens import image_tokens
from medq.spending import SPENDING

PRICE = {"input": 2.0, "output": 8.0}


def spend(purse: Purse, bounds: Sequence[float], cost: Callable[[float], float | None]) -> list[float]:
    """Makes attempts of those bounds, 16 at a time; returns what each that was made did cost."""
    paid: list[float] = []

    async def attempt(bound: float, slots: asyncio.Semaphore) -> None:
        async with slots:
            hold = await purse.set_aside(bound, model="m")
            await asyncio.sleep(0.001 * random.Random(bound).random())
            price = cost(bound)
            paid.append(bound if price is None else price)
            purse.settle(hold, price)

    async def everything() -> None:
        slots = asyncio.Semaphore(16)
        await asyncio.gather(*(attempt(bound, slots) for bound in bounds), return_exceptions=True)

    asyncio.run(everything())
    return paid


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("share", [1.0, 0.3, 0.02])
def test_no_order_of_attempts_passes_the_budget(seed: int, share: float) -> None:
    draw = random.Random(seed)
    purse = Purse(1.0)
    paid = spend(purse, [draw.uniform(0.001, 0.2) for _ in range(300)], lambda bound: share * bound)
    assert sum(paid) <= 1.0
    assert purse.spent.usd == pytest.approx(sum(paid))


def test_money_set_aside_and_not_spent_is_spent_on_other_calls() -> None:
    purse = Purse(1.0)
    paid = spend(purse, [0.4] * 50, lambda bound: 0.01)
    assert len(paid) == 50  # only two fit beside each other, and all of them one after the other


def test_what_an_attempt_cost_and_nobody_says_counts_as_its_bound() -> None:
    purse = Purse(1.0)
    assert len(spend(purse, [0.3] * 10, lambda bound: None)) == 3
    assert purse.report()["spending"]["assumed_usd"] == pytest.approx(0.9)


def test_after_the_first_refusal_nothing_is_given_out() -> None:
    async def refused() -> None:
        purse = Purse(1.0)
        for usd in (2.0, 0.1):
            with pytest.raises(BudgetReached, match=r"run\.budget_usd=1 is reached"):
                await purse.set_aside(usd, model="m")

    asyncio.run(refused())


def test_without_a_budget_the_books_are_kept_all_the_same(tmp_path: Path) -> None:
    purse = Purse()
    purse.open(tmp_path / SPENDING)
    spend(purse, [5.0] * 20, lambda bound: bound)
    purse.close()
    assert purse.spent.usd == 100
    again = Purse(101)
    again.open(tmp_path / SPENDING)
    assert again.spent.usd == 100


@pytest.mark.parametrize(
    ("outcome", "paid"),
    [
        (Reply("A", tokens_in=100, tokens_out=1), (100 * 2 + 8) / 1e6),
        (Fault("server", "", status=503), 0.0),
        (Fault("rate_limit", "", status=429), 0.0),
        (Fault("network", "", unreachable=True), 0.0),
        (Fault("protocol", "", status=200, tokens_in=100, tokens_out=1), (100 * 2 + 8) / 1e6),
        (Fault("protocol", "", status=200), None),
        (Fault("timeout", ""), None),
        (Fault("network", ""), None),
        (Reply("A"), None),
        (None, None),
    ],
)
def test_an_http_error_is_free_and_an_answer_that_got_lost_is_not(
    outcome: Reply | Fault | None, paid: float | None
) -> None:
    purse = Purse(1.0)
    meter = Meter(purse, model_id="m", price=Price(**PRICE), rule=image_tokens("m"))

    async def settle() -> float:
        hold = await meter.set_aside(Call((Message("user", ("Is it sharp?",)),), {"max_tokens": 10}))
        meter.settle(hold, outcome)
        return hold.most_usd

    bound = asyncio.run(settle())
    assert purse.spent.usd == pytest.approx(bound if paid is None else paid, abs=1e-12)


def test_a_model_that_costs_more_than_its_rule_says_is_reckoned_higher_from_then_on() -> None:
    purse = Purse(1.0)
    meter = Meter(purse, model_id="m", price=Price(input=1.0, output=0.0), rule=image_tokens("m"))
    call = Call((Message("user", ("Is it sharp?",)),), {"max_tokens": 10})

    async def twice() -> tuple[float, float]:
        first = await meter.set_aside(call)
        meter.settle(first, Reply("A", tokens_in=round(3 * first.most_usd * 1e6), tokens_out=1))
        return first.most_usd, (await meter.set_aside(call)).most_usd

    first, second = asyncio.run(twice())
    assert second == pytest.approx(3 * first)
