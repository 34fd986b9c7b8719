"""`run.budget_usd`: one purse for all calls of a run, the model's and the judges', that never pays more than it holds.

Before an attempt the most that it can cost is set aside; afterwards what it did cost is booked. What would not fit
beside the attempts under way waits for them; what does not fit even when they are done ends the run.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medq.calling.call import Call, Fault, Reply
from medq.calling.price import Price, cost_usd
from medq.errors import BudgetReached, ConfigError
from medq.planning.call_bound import most_usd
from medq.planning.image_tokens import ImageTokens, image_tokens
from medq.spending import Ledger, Spent

if TYPE_CHECKING:
    from medq.models.settings import ModelSettings

# Sums of dollars are floats; a billionth of a dollar is no spending.
EPSILON_USD = 1e-9


@dataclass(frozen=True, slots=True)
class Hold:
    """Money set aside for one attempt."""

    attempt: int
    most_usd: float


class Purse:
    """What one run may spend, and has spent in all its sessions; without a budget it only keeps the books."""

    def __init__(self, budget_usd: float | None = None) -> None:
        self.budget_usd = budget_usd
        self._ledger: Ledger | None = None
        self._spent_usd = self._assumed_usd = 0.0
        self._attempts = 0
        self._held: dict[int, float] = {}
        self._waiting: list[asyncio.Future[None]] = []
        self._reached: BudgetReached | None = None

    def open(self, path: Path) -> None:
        """Takes over what earlier sessions spent and writes on in the same file."""
        self._ledger = Ledger(path)
        before = self._ledger.before
        self._spent_usd, self._assumed_usd, self._attempts = before.usd, before.assumed, before.attempts

    def close(self) -> None:
        """Closes the file."""
        if self._ledger is not None:
            self._ledger.close()

    @property
    def spent(self) -> Spent:
        """What is booked so far, attempts under way aside."""
        return Spent(self._spent_usd, self._assumed_usd, self._attempts)

    async def set_aside(self, usd: float, *, model: str) -> Hold:
        """Reserves the most that an attempt can cost, waiting for attempts under way where they stand in the way.

        Raises `BudgetReached` when it would not fit even if they cost nothing; from then on nothing is given out.
        """
        while not self._fits(usd):
            if self._reached is None and (not self._held or not self._fits(usd, beside_held=False)):
                self._reached = BudgetReached(self._explained(usd))
                self._wake()
            if self._reached is not None:
                raise self._reached
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            await turn
        number = self._attempts if self._ledger is None else self._ledger.begin(model=model, most_usd=usd)
        self._attempts += 1
        self._held[number] = usd
        return Hold(number, usd)

    def settle(self, hold: Hold, paid_usd: float | None) -> None:
        """Books what an attempt cost; None, which is not known, at what was set aside."""
        del self._held[hold.attempt]
        self._spent_usd += hold.most_usd if paid_usd is None else paid_usd
        self._assumed_usd += hold.most_usd if paid_usd is None else 0.0
        if self._ledger is not None:
            self._ledger.end(hold.attempt, paid_usd)
        self._wake()

    def report(self) -> dict[str, Any]:
        """For the manifest: budget, dollars of all sessions, the assumed part, attempts; empty without calls."""
        if not self._attempts:
            return {}
        spent, assumed = round(self._spent_usd, 9), round(self._assumed_usd, 9)
        figures = {"spent_usd": spent, "assumed_usd": assumed, "attempts": self._attempts}
        return {"spending": {"budget_usd": self.budget_usd, **figures}}

    def _fits(self, usd: float, *, beside_held: bool = True) -> bool:
        if self.budget_usd is None:
            return True
        if self._reached is not None:
            return False
        held = sum(self._held.values()) if beside_held else 0.0
        return self._spent_usd + held + usd <= self.budget_usd + EPSILON_USD

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for turn in waiting:
            if not turn.done():
                turn.set_result(None)

    def _explained(self, usd: float) -> str:
        assumed = f" ({dollars(self._assumed_usd)} of it assumed: not reported)" if self._assumed_usd else ""
        return (
            f"run.budget_usd={self.budget_usd:g} is reached: {dollars(self._spent_usd)} spent{assumed}, "
            f"and the next call can cost up to {dollars(usd)}; go on with a larger run.budget_usd"
        )


class Meter:
    """One model's calls at the purse: bounds each attempt before it, prices it after it."""

    def __init__(self, purse: Purse, *, model_id: str, price: Price, rule: ImageTokens) -> None:
        self._purse, self._model, self._price, self._rule = purse, model_id, price, rule
        self._factor = 1.0

    async def set_aside(self, call: Call) -> Hold:
        """Raises `BudgetReached` where the attempt could pass the budget."""
        bound = most_usd(call, price=self._price, rule=self._rule)
        return await self._purse.set_aside(self._factor * bound, model=self._model)

    def settle(self, hold: Hold, outcome: Reply | Fault | None) -> None:
        """Books an attempt; None, one that was broken off, at what was set aside."""
        paid = None if outcome is None else self._paid_usd(outcome)
        self._purse.settle(hold, paid)
        if paid is not None and paid > hold.most_usd > 0:
            # The rule was too low for this model: from now on by as much more.
            self._factor *= paid / hold.most_usd

    def _paid_usd(self, outcome: Reply | Fault) -> float | None:
        """Tokens times price; nothing for an HTTP error or a server out of reach; None where it cannot be known."""
        paid = cost_usd(self._price, tokens_in=outcome.tokens_in, tokens_out=outcome.tokens_out)
        if paid is None and isinstance(outcome, Fault) and (outcome.unreachable or (outcome.status or 0) >= 400):
            return 0.0
        return paid


def meter_for(settings: ModelSettings, price: Price | None, purse: Purse | None) -> Meter | None:
    """The meter of a model's calls; None without a purse, a price or a token limit, where nothing can be reckoned.

    Raises `ConfigError` where the purse has a budget and the model's calls cannot be bounded.
    """
    if purse is None:
        return None
    if purse.budget_usd is not None:
        _check(settings, price)
    if price is None or settings.max_tokens is None:
        return None
    rule = image_tokens(settings.id or "", api_base=settings.api_base, detail=settings.images.detail)
    return Meter(purse, model_id=settings.id or "", price=price, rule=rule)


def dollars(usd: float) -> str:
    """An amount for the reader: cents from a dollar on, below it four significant figures.

    >>> dollars(12.3456), dollars(0.000123456)
    ('$12.35', '$0.0001235')
    """
    if usd >= 1 or usd == 0:
        return f"${usd:,.2f}"
    text = f"{usd:.12f}"
    first = next((place for place, digit in enumerate(text[2:]) if digit != "0"), 10)
    return "$" + f"{usd:.{first + 4}f}".rstrip("0").rstrip(".")


def _check(settings: ModelSettings, price: Price | None) -> None:
    if price is None:
        raise ConfigError(
            f"run.budget_usd: the price of {settings.id} is not known, so no budget can be kept; "
            "set model.price (of a judge: judge.price)='{input: USD, output: USD}' for a million tokens"
        )
    if settings.max_tokens is None:
        raise ConfigError(
            f"run.budget_usd: nothing bounds the answers of {settings.id}; set model.max_tokens (judge.max_tokens)"
        )
