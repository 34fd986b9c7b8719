"""The field of view: what a camera's field stop lets through; the black around it is no part of the scene."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.layer import within
from medq_tasks.degradations.optics.psf import Kernel, convolve
from medq_tasks.degradations.spec import Effect, Image, Mask

_DARK = 0.045  # display value below which the surround counts as black


def field_of_view(image: Image) -> Mask:
    """Where the scene is (H, W): the largest bright area, its dark places filled; all True in a black image.

    Lettering in the surround is smaller and so left out.
    """
    from scipy.ndimage import binary_dilation, binary_erosion, binary_fill_holes, label

    bright = image.max(axis=-1) if image.ndim == 3 else image
    core = binary_erosion(bright > _DARK, border_value=1)
    parts, count = label(core)
    if count == 0:
        return np.ones(bright.shape, dtype=np.bool_)
    largest = parts == 1 + int(np.argmax(np.bincount(parts.ravel())[1:]))
    return np.asarray(binary_fill_holes(binary_dilation(largest)), dtype=np.bool_)


def only_inside(effect: Effect, image: Image, field: Mask) -> Effect:
    """The effect inside the field, the image's own bits outside; a local one's mask and affected area follow."""
    if effect.mask is not None:
        return within(image, effect.image, effect.mask & field)
    return Effect(within(image, effect.image, field).image, facts=effect.facts)


def convolve_inside(image: Image, kernel: Kernel, field: Mask) -> Image:
    """The image convolved with the kernel inside the field only: its edge stays sharp and no black leaks in; float32.

    Normalised convolution (Knutsson and Westin 1993): blurred (image * field) / blurred field. Outside: the input.
    """
    weight = field.astype(np.float32)
    if field.all():
        return convolve(image, kernel)
    blurred = convolve(image * spread(weight, image), kernel) / spread(
        np.maximum(convolve(weight, kernel), 1e-3), image
    )
    return np.where(spread(field, image), np.clip(blurred, 0.0, 1.0), image).astype(np.float32)  # type: ignore[arg-type]
