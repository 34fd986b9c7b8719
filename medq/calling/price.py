"""What a call costs, from the configuration's price or from the price table that comes with LiteLLM."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_TABLE = "model_prices_and_context_window_backup.json"


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    input: float
    output: float


def cost_usd(price: Price | None, *, tokens_in: int | None, tokens_out: int | None) -> float | None:
    """Dollars of a call, every input token at the full price; None when the price or a count is unknown.

    Cached input, which providers give a discount on, is not told apart: the figure is an upper bound.

    >>> cost_usd(Price(input=2.5, output=10.0), tokens_in=1000, tokens_out=100)
    0.0035
    """
    if price is None or tokens_in is None or tokens_out is None:
        return None
    return round((tokens_in * price.input + tokens_out * price.output) / 1e6, 12)


def list_price(model_id: str) -> Price | None:
    """The list price of a provider's model, None when the table does not hold it."""
    entry = listed(model_id)
    dollars = entry.get("input_cost_per_token"), entry.get("output_cost_per_token")
    if dollars[0] is None or dollars[1] is None:
        return None
    return Price(input=dollars[0] * 1e6, output=dollars[1] * 1e6)


def listed(model_id: str) -> Mapping[str, Any]:
    """What LiteLLM's table says of a provider's model; empty where it does not hold it."""
    table = _price_table()
    return table.get(model_id) or table.get(model_id.partition("/")[2]) or {}


@lru_cache(maxsize=1)
def _price_table() -> Mapping[str, Mapping[str, Any]]:
    """LiteLLM's table, read from its file: importing the package takes seconds."""
    spec = find_spec("litellm")
    if spec is None or not spec.submodule_search_locations:
        return {}
    path = Path(spec.submodule_search_locations[0]) / _TABLE
    table: Mapping[str, Mapping[str, Any]] = json.loads(path.read_text("utf-8"))
    return table
