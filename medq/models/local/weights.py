"""A folder with weights that transformers can load."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from medq.errors import ConfigError

CONFIG = "config.json"


def check_folder(path: Path) -> dict[str, Any]:
    """The content of config.json. Raises `ConfigError` where the folder holds no weights that transformers can load."""
    file = path / CONFIG
    if not file.is_file():
        raise ConfigError(f"model.path={path}: expected a folder with {CONFIG} and the weights, found no {CONFIG}")
    if not any(path.glob("*.safetensors")):
        raise ConfigError(f"model.path={path}: expected weights as *.safetensors, found none")
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ConfigError(f"model.path={path}: {CONFIG} is no JSON ({error})") from None
    return dict(found)
