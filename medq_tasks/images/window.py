"""The declared map from stored values to the 8 bits that a provider takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from medq_tasks.errors import ImageError, InputError

Kind = Literal["dicom", "minmax", "full", "range"]
FORMS = "`dicom`, `minmax`, `full`, or `LOW,HIGH`"


@dataclass(frozen=True, slots=True)
class Window:
    """Which stored values become black and white.

    `dicom`: the file's own window. `minmax`: the image's smallest and largest value. `full`: the smallest and
    largest value that the stored bits can hold. `range`: `low` and `high`, in HU for CT, otherwise in stored values.
    """

    kind: Kind
    low: float | None = None
    high: float | None = None

    @classmethod
    def parse(cls, text: str) -> Window:
        """The window that the config key `data.window` names.

        >>> Window.parse("-160,240")
        Window(kind='range', low=-160.0, high=240.0)

        Raises `InputError` for anything else.
        """
        match text.strip().lower():
            case "dicom" | "minmax" | "full" as kind:
                return cls(kind)
            case other:
                try:
                    low, high = (float(bound) for bound in other.split(","))
                except ValueError:
                    raise InputError(f"data.window: expected {FORMS}, got {text!r}") from None
        if not (np.isfinite(low) and np.isfinite(high) and low < high):
            raise InputError(f"data.window: expected LOW below HIGH, got {text!r}")
        return cls("range", low, high)


def to_eight_bits(values: npt.NDArray[Any], low: float, high: float) -> npt.NDArray[np.uint8]:
    """Values mapped linearly, `low` and below to 0, `high` and above to 255, rounded to the nearest.

    The shape is kept. NaN becomes 0; `high` equal to `low` gives 0 up to `low` and 255 above.
    """
    samples = values.astype(np.float64)
    scaled = (samples > low).astype(np.float64) if high <= low else (samples - low) / (high - low)
    return np.rint(np.clip(np.nan_to_num(scaled), 0, 1) * 255).astype(np.uint8)


def declared_bounds(values: npt.NDArray[Any], window: Window | None, name: str) -> tuple[float, float, str]:
    """The values that become black and white, and who declares them, for a file that has no window of its own.

    Raises `ImageError` where nobody does: no window, `dicom`, or `full` for numbers without a fixed range.
    """
    match window:
        case Window(kind="range", low=low, high=high) if low is not None and high is not None:
            return float(low), float(high), "range"
        case Window(kind="minmax") if np.isfinite(values).any():
            finite = values[np.isfinite(values)]
            return float(finite.min()), float(finite.max()), "minmax"
        case Window(kind="full") if np.issubdtype(values.dtype, np.integer):
            limits = np.iinfo(values.dtype)
            return float(limits.min), float(limits.max), "full"
    got = "none" if window is None else f"`{window.kind}`, which does not fit"
    raise ImageError(
        f"{name}: expected a declared window for {values.dtype} values, got {got}; set data.window to {FORMS}"
    )
