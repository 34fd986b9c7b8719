"""The checks that an image must pass before it is degraded; each failure is one line."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.spec import Image, Spec
from medq_tasks.errors import DegradationError
from medq_tasks.item import MODALITIES

MIN_SIDE_PX = 8
FULL_SCALE = {"uint8": 255.0, "uint16": 65535.0, "float32": 1.0}


def check_image(image: object) -> npt.NDArray[Any]:
    """The image, if it is (H, W) or (H, W, 3), uint8, uint16 or float32 in [0, 1], finite, at least 8 px a side.

    A constant image is fine. Raises `DegradationError` that says what was expected and what was found.
    """
    if not isinstance(image, np.ndarray):
        raise DegradationError(f"image: expected a numpy array, got {type(image).__name__}; numpy.asarray makes one")
    if image.dtype.name not in FULL_SCALE:
        raise DegradationError(
            f"image: expected uint8, uint16 or float32 in [0, 1], got {image.dtype.name}; window or scale it first"
        )
    if image.ndim == 3 and image.shape[2] == 4:
        raise DegradationError("image: expected (H, W) or (H, W, 3), got 4 channels; take the alpha channel off first")
    if image.ndim != 2 and not (image.ndim == 3 and image.shape[2] == 3):
        raise DegradationError(
            f"image: expected a 2-D image (H, W) or (H, W, 3), got shape {image.shape}; choose a slice"
        )
    if min(image.shape[:2]) < MIN_SIDE_PX:
        raise DegradationError(
            f"image: expected at least {MIN_SIDE_PX} x {MIN_SIDE_PX} px, got {image.shape[0]} x {image.shape[1]}; "
            "take a larger image"
        )
    if image.dtype == np.float32:
        _check_range(image)
    return image


def _check_range(image: npt.NDArray[Any]) -> None:
    bad = int(image.size - np.count_nonzero(np.isfinite(image)))
    if bad:
        raise DegradationError(
            f"image: expected finite values, got {bad} NaN or infinite of {image.size}; replace them"
        )
    low, high = float(image.min()), float(image.max())
    if low < 0 or high > 1:
        raise DegradationError(f"image: expected float32 values in [0, 1], got [{low:g}, {high:g}]; declare a window")


def check_modality(modality: str | None) -> None:
    """Raises `DegradationError` for a modality that is not one of the benchmark's."""
    if modality is not None and modality not in MODALITIES:
        raise DegradationError(f"unknown modality {modality!r}; expected one of: {', '.join(MODALITIES)}")


def check_seed(seed: object) -> None:
    """Raises `DegradationError` for a seed that is not an integer."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer):
        raise DegradationError(f"seed must be an integer, got {seed!r}")


def is_grey_stored_as_rgb(image: npt.NDArray[Any]) -> bool:
    """Whether the image has three channels that are all equal, as grey images exported to RGB have."""
    return image.ndim == 3 and bool((image == image[..., :1]).all())


def check_colour(spec: Spec, image: npt.NDArray[Any]) -> None:
    """Raises `DegradationError` where a degradation needs grey and gets colour, or the reverse."""
    if spec.colour == "grey" and image.ndim == 3 and not is_grey_stored_as_rgb(image):
        raise DegradationError(
            f"{spec.id} needs a grey image (H, W), got a colour image {image.shape}; convert it to grey first"
        )
    if spec.colour == "rgb" and image.ndim == 2:
        raise DegradationError(
            f"{spec.id} needs a colour image (H, W, 3), got a grey image {image.shape}; leave it out"
        )


def to_unit(image: npt.NDArray[Any]) -> Image:
    """The image as float32 in [0, 1]."""
    if image.dtype == np.float32:
        return image
    return image.astype(np.float32) / np.float32(FULL_SCALE[image.dtype.name])


def from_unit(image: Image, dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    """A float32 image in [0, 1] in the given dtype, rounded to the nearest value; inverts `to_unit` exactly."""
    if dtype == np.float32:
        return image
    scaled: npt.NDArray[Any] = np.rint(image * np.float32(FULL_SCALE[dtype.name])).astype(dtype)
    return scaled
