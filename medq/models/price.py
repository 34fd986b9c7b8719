"""What a configured model's tokens cost, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata

from medq.calling.price import Price, list_price
from medq.models.settings import ModelSettings

BATCH_SHARE = 0.5  # of the list price, in a provider's batch lane


@dataclass(frozen=True, slots=True)
class KnownPrice:
    """A price with its source and the day it was read: "the configuration, as of 2026-11-21"."""

    price: Price
    source: str


def known_price(settings: ModelSettings) -> KnownPrice | None:
    """The configured price, else the list price of the provider's own server; None where neither is known."""
    if settings.price is not None:
        day = settings.price.as_of or "an unstated day"
        source = f" from {settings.price.source}" if settings.price.source else ""
        return _known(settings, settings.price.price(), f"the configuration{source}, as of {day}")
    listed = list_price(settings.id or "") if settings.api_base is None else None
    if listed is None:
        return None
    return _known(settings, listed, f"the table of litellm {metadata.version('litellm')}")


def _known(settings: ModelSettings, price: Price, source: str) -> KnownPrice:
    if not settings.batch:
        return KnownPrice(price, source)
    half = Price(input=BATCH_SHARE * price.input, output=BATCH_SHARE * price.output)
    return KnownPrice(half, f"{source}, half of it for the batch lane")
