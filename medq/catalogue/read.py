"""An option file of `conf/model` with the bases it builds on, read without Hydra, which would take a second for all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from medq.models.settings import ModelSettings
from medq.paths import CONF

MODELS = CONF / "model"
GIVEN_LATER = "???"  # what the command has to give


def read_settings(option: str) -> ModelSettings:
    """The settings of an option; one that is given in the command is there as "???"."""
    return ModelSettings.model_validate(_composed(MODELS / f"{option}.yaml"))


def _composed(path: Path) -> dict[str, Any]:
    """What Hydra composes from the file: its defaults list in order, itself where `_self_` stands."""
    text = path.read_text(encoding="utf-8")
    own: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    composed: dict[str, Any] = {}
    for name in own.pop("defaults", ["_self_"]):
        layer = own if name == "_self_" else _composed(path.parent / f"{name.removesuffix('@_here_')}.yaml")
        composed = _merged(composed, layer)
    return composed


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Keys of `above` over those of `below`; sections are merged, lists are replaced."""
    merged = dict(below)
    for key, value in above.items():
        former = merged.get(key)
        merged[key] = _merged(former, value) if isinstance(former, dict) and isinstance(value, dict) else value
    return merged
