"""Images that are computed instead of read: phantoms and rendered views."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

import numpy as np

from medq_tasks.construction.picture import encode_png
from medq_tasks.construction.source import Render
from medq_tasks.degrading.job import write_whole
from medq_tasks.errors import DataError


def rendered_file(render: Render, folder: Path) -> Path:
    """Calls the function and writes what it gives, (H, W) or (H, W, 3) in [0, 1], as an 8-bit PNG; returns its path.

    Raises `DataError` where there is no such function or it does not take the arguments.
    """
    module, name = render.function.split(":")
    try:
        values = getattr(import_module(module), name)(**render.arguments)
    except (ImportError, AttributeError, TypeError) as error:
        reason = f"expected {render.function!r} to be a function that takes its arguments, got: {error}"
        raise DataError(f"sources: {reason}; correct `render`") from error
    path = folder / f"{hashlib.sha256(repr(render).encode()).hexdigest()[:10]}.png"
    write_whole(path, encode_png(np.asarray(np.rint(np.clip(values, 0, 1) * 255), np.uint8)))
    return path
