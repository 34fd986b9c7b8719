"""Images untouched: what a file holds, and what of it is sent to a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medq_tasks.images.sent import SentImage

if TYPE_CHECKING:
    from medq_tasks.images.info import MAX_PIXELS, ImageInfo
    from medq_tasks.images.pixels import open_pixels
    from medq_tasks.images.probing import check_structure, probe
    from medq_tasks.images.send import to_sent
    from medq_tasks.images.window import Window

__all__ = ["MAX_PIXELS", "ImageInfo", "SentImage", "Window", "check_structure", "open_pixels", "probe", "to_sent"]

_HOMES = {
    "MAX_PIXELS": "info",
    "ImageInfo": "info",
    "Window": "window",
    "check_structure": "probing",
    "open_pixels": "pixels",
    "probe": "probing",
    "to_sent": "send",
}


def __getattr__(name: str) -> Any:
    """Public names on first use: listing items must not wait for numpy."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
