"""Which fault meets which call: drawn from the seed, the request's content and the number of the attempt.

The draw does not depend on the order in which calls arrive, so a run with the same seed meets the same faults, and
the second attempt at a request can succeed where the first one failed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# Faults of the connection or the HTTP answer.
HARD_FAULTS = (
    "rate429",
    "rate429_after",
    "quota429",
    "400",
    "401",
    "402",
    "403",
    "404",
    "408",
    "413",
    "context_length",
    "filter400",
    "echo401",
    "500",
    "503",
    "529",
    "hang",
    "reset",
    "malformed",
    "empty",
    "html",
    "drip",
)
# Faults inside an otherwise sound answer.
SOFT_FAULTS = (
    "refusal",
    "filter",
    "length",
    "length_empty",
    "no_usage",
    "no_choices",
    "null_content",
    "wrong_model",
    "echo",
)

# A group's rate is shared out equally among its members.
GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "transient": (
            "rate429",
            "rate429_after",
            "500",
            "503",
            "reset",
            "malformed",
            "empty",
            "html",
            "no_choices",
            "length_empty",
        ),
        "permanent": ("400", "401", "403", "404", "413", "context_length"),
    }
)


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """`rates` maps a fault to its share of all attempts, in [0, 1], together at most 1.

    `fail_for_good` is the share of request contents that fail at every attempt, with HTTP 500.
    """

    rates: Mapping[str, float] = field(default_factory=dict)
    seed: int = 0
    fail_for_good: float = 0.0

    def __post_init__(self) -> None:
        unknown = sorted(set(self.rates) - set(HARD_FAULTS) - set(SOFT_FAULTS))
        if unknown:
            known = ", ".join((*HARD_FAULTS, *SOFT_FAULTS, *GROUPS))
            raise ValueError(f"unknown fault {unknown[0]!r}; expected one of {known}")
        shares = (*self.rates.values(), self.fail_for_good)
        if min(shares) < 0 or sum(self.rates.values()) > 1 + 1e-9 or self.fail_for_good > 1:
            raise ValueError("expected fault rates in [0, 1] that sum to at most 1")

    @property
    def refuses_every_key(self) -> bool:
        """Whether every attempt meets HTTP 401, as with a wrong key: a batch is then refused as a whole."""
        return self.rates.get("401", 0.0) >= 1

    def fault_for(self, content: str, attempt: int) -> str | None:
        """The fault that meets attempt number `attempt` (from 1) at `content`, or None.

        >>> FaultPlan({"500": 1.0}).fault_for("a", 1)
        '500'
        """
        if _draw(self.seed, "for good", content) < self.fail_for_good:
            return "500"
        left = _draw(self.seed, content, attempt)
        for fault, rate in self.rates.items():
            left -= rate
            if left < 0:
                return fault
        return None


def parse_rates(text: str) -> dict[str, float]:
    """Rates from a comma list; a group stands for its members.

    >>> parse_rates("rate429=0.1,500=0.05")
    {'rate429': 0.1, '500': 0.05}
    """
    rates: dict[str, float] = {}
    for entry in filter(None, (part.strip() for part in text.split(","))):
        name, equals, share = entry.partition("=")
        if not equals:
            raise ValueError(f"expected fault=rate, got {entry!r}")
        try:
            rate = float(share)
        except ValueError as error:
            raise ValueError(f"expected a number after '=', got {entry!r}") from error
        members = GROUPS.get(name, (name,))
        for member in members:
            rates[member] = rates.get(member, 0.0) + rate / len(members)
    return rates


def _draw(*parts: object) -> float:
    """A number in [0, 1) that is fixed by `parts`."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
