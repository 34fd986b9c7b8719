"""A benchmark from one's own images: `python -m medq_tasks build SPEC.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medq_tasks.construction.building import Built, build
    from medq_tasks.construction.loading import load_spec
    from medq_tasks.construction.spec import BuildSpec

__all__ = ["BuildSpec", "Built", "build", "load_spec"]

_HOMES = {"BuildSpec": "spec", "Built": "building", "build": "building", "load_spec": "loading"}


def __getattr__(name: str) -> Any:
    """Public names on first use, so that the command's help needs no numpy."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
