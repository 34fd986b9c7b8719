"""Items from files: the official ones, the user's own, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medq_tasks.data.fetching import Fetched, fetch
    from medq_tasks.data.load import load_items
    from medq_tasks.data.official import official_file, official_files, official_items
    from medq_tasks.data.origin import Provenance, provenance
    from medq_tasks.data.problem import Problem
    from medq_tasks.data.validation import Validation, validate

__all__ = [
    "Fetched",
    "Problem",
    "Provenance",
    "Validation",
    "fetch",
    "load_items",
    "official_file",
    "official_files",
    "official_items",
    "provenance",
    "validate",
]

_HOMES = {
    "Fetched": "fetching",
    "Problem": "problem",
    "Provenance": "origin",
    "Validation": "validation",
    "fetch": "fetching",
    "load_items": "load",
    "official_file": "official",
    "official_files": "official",
    "official_items": "official",
    "provenance": "origin",
    "validate": "validation",
}


def __getattr__(name: str) -> Any:
    """Public names on first use, so that a command imports only what it needs."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
