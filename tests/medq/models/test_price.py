"""What a model's tokens cost, and who says so."""

from __future__ import annotations

from datetime import date

from medq.models.price import known_price
from medq.models.settings import ModelSettings, PriceSettings

LISTED = PriceSettings(input=1.0, output=4.0, as_of=date(2026, 11, 21), source="a price list")


def test_a_configured_price_comes_with_its_source_and_day() -> None:
    found = known_price(ModelSettings(kind="litellm", id="openai/x", price=LISTED))
    assert found is not None
    assert (found.price.input, found.price.output) == (1.0, 4.0)
    assert found.source == "the configuration from a price list, as of 2026-11-21"
    unsaid = known_price(ModelSettings(kind="litellm", id="openai/x", price=PriceSettings(input=1, output=4)))
    assert unsaid is not None
    assert unsaid.source == "the configuration, as of an unstated day"


def test_the_batch_lane_costs_half_and_says_so() -> None:
    found = known_price(ModelSettings(kind="litellm", id="openai/x", price=LISTED, batch=True))
    assert found is not None
    assert (found.price.input, found.price.output) == (0.5, 2.0)
    assert found.source.endswith("half of it for the batch lane")


def test_the_table_prices_a_provider_s_own_server_and_no_other() -> None:
    listed = known_price(ModelSettings(kind="litellm", id="openai/gpt-4o-mini-2024-07-18"))
    assert listed is not None
    assert listed.price.input == 0.15
    elsewhere = ModelSettings(kind="litellm", id="openai/gpt-4o-mini-2024-07-18", api_base="http://127.0.0.1:1/v1")
    assert known_price(elsewhere) is None
