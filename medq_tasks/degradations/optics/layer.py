"""Laying an object over an image so that every pixel it does not cover stays bit-identical."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.coordinates import Field
from medq_tasks.degradations.spec import Effect, Image, Mask


def over(image: Image, layer: npt.NDArray[np.float32], opacity: Field) -> Effect:
    """out = image + opacity (layer - image), where opacity > 0; the mask is exactly there.

    `layer` broadcasts against the image (a colour or an image), `opacity` is (H, W) in [0, 1].
    """
    mixed = image + spread(opacity, image) * (layer - image)
    return within(image, mixed, opacity > 0)


def absorb(image: Image, density: Field, absorbance: npt.NDArray[np.float32]) -> Effect:
    """out = image * 10^-(density absorbance), Beer-Lambert; the mask is where density > 0.

    `density` is (H, W) >= 0 in units of a layer, `absorbance` the optical density a layer has in each channel.
    """
    passed = np.power(np.float32(10.0), -spread(density, image) * absorbance)
    return within(image, image * passed, density > 0)


def within(image: Image, changed: npt.NDArray[np.floating], mask: Mask, *, assumed: tuple[str, ...] = ()) -> Effect:
    """The changed image inside the mask, the input's own bits outside; `affected_area` as a share in the facts.

    `assumed` names parameters that stand for physics which the image does not tell.
    """
    kept = np.where(spread(mask, image), np.clip(changed, 0.0, 1.0), image).astype(np.float32)  # type: ignore[arg-type]
    return Effect(kept, mask, {"affected_area": float(mask.mean())}, assumed)
