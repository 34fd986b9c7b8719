"""The attributes that the baseline claims to see, and the statistics that show them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class Attribute(BaseModel):
    """An entry of `attributes.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    statistics: tuple[str, ...]
    label: str
    by_hand: Mapping[str, tuple[float, float, float]] = {}

    def signed(self) -> tuple[tuple[str, int], ...]:
        """Each statistic's name with 1 where it rises with the attribute and -1 where it falls."""
        return tuple((name.removeprefix("-"), -1 if name.startswith("-") else 1) for name in self.statistics)


class Catalogue(BaseModel):
    """`attributes.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    attributes: Mapping[str, Attribute]
    looked_for: Mapping[str, tuple[str, ...]]


def attributes() -> Mapping[str, Attribute]:
    """The attributes by key; the keys are those of the sample set where it has the attribute."""
    return _catalogue().attributes


def looked_for(modality: str | None) -> tuple[str, ...]:
    """The attributes that decide on an image of that modality as a whole."""
    lists = _catalogue().looked_for
    return lists.get(modality or "any", lists["any"])


@cache
def _catalogue() -> Catalogue:
    text = files(__package__).joinpath("attributes.yaml").read_text(encoding="utf-8")
    return Catalogue.model_validate(yaml.safe_load(text))
