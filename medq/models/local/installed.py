"""Whether the extra `local` is there, found out without importing it."""

from __future__ import annotations

from importlib.util import find_spec

from medq.errors import ConfigError

NEEDED = ("torch", "transformers", "accelerate", "lmms_eval", "loguru", "datasets")


def check_installed() -> None:
    """Raises `ConfigError` that names what is missing and the command that installs it."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ConfigError(
            f"open weights in this process need {', '.join(missing)}, which is not installed: run `make local` "
            "(on a machine with an NVIDIA GPU `make local-gpu`), or see docs/local-models.md"
        )
