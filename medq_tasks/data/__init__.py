"""Items from files: the official ones, the user's own, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medq_tasks.data.load import load_items
    from medq_tasks.data.problem import Problem
    from medq_tasks.data.validation import Validation, validate

__all__ = ["Problem", "Validation", "load_items", "validate"]

_HOMES = {"Problem": "problem", "Validation": "validation", "load_items": "load", "validate": "validation"}


def __getattr__(name: str) -> Any:
    """Public names on first use, so that a command imports only what it needs."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
