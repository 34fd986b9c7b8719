"""Open weights behind a server that medq starts, watches and stops: vLLM, SGLang or a command of the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medq.serving.check import check_served
    from medq.serving.model import ServedModel

__all__ = ["ServedModel", "check_served"]

# Late, because the keeper of a server is a module of this package and has to stay small.
_HOMES = {"ServedModel": "model", "check_served": "check"}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
