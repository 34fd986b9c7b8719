"""What a plan says: the calls of each model with their tokens, dollars and minutes, and what n items can show."""

from __future__ import annotations

from dataclasses import dataclass, field

from medq.models.price import KnownPrice


@dataclass(frozen=True, slots=True)
class Range:
    """A quantity between a low and a high estimate."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CallsEstimate:
    """The calls of one model in one role ("answers" or "verdicts").

    `in_journal` of the `calls` are already answered; tokens, cost and minutes are those of the others. `charged` is
    false for what runs in this process or on the user's own GPUs. `cost_usd` is None where no price is known, or
    nothing bounds the answers. `minutes` is None where no call goes over a network.
    """

    role: str
    model: str
    calls: int
    in_journal: int
    text_tokens: int
    image_tokens: int
    answer_tokens: Range | None
    cost_usd: Range | None
    minutes: float | None
    charged: bool
    price: KnownPrice | None = None
    image_rule: str | None = None
    image_rule_documented: bool = True


@dataclass(frozen=True, slots=True)
class Detectable:
    """The smallest difference that one task's n items show: a share for accuracy, points for a judged axis.

    `separate` is between two runs on different items, `paired` between two on the same; None where there is none.
    """

    task: str
    n: int
    judged: bool
    separate: float | None
    paired: float | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A run before it is made."""

    title: str
    calls: tuple[CallsEstimate, ...]
    detectable: tuple[Detectable, ...]
    unreadable: int = 0
    continues: str | None = None
    spent_usd: float = 0.0
    budget_usd: float | None = None
    notes: tuple[str, ...] = field(default_factory=tuple)

    def cost_usd(self) -> Range | None:
        """The sum over what is charged; None where a part of it is not known."""
        costs = [one.cost_usd for one in self.calls if one.charged]
        known = [cost for cost in costs if cost is not None]
        if len(known) < len(costs):
            return None
        return Range(sum(cost.low for cost in known), sum(cost.high for cost in known))
