"""Ghosting and bias field of torchio beside ours: the calls that are timed, and what both must have in common.

Imported by degradations.py. torchio is no dependency of medq: install it, with torch, where medq's packages are too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

PERIOD_LINES, INTENSITY, ORDER, COEFFICIENT = 4, 0.5, 3, 0.3
TISSUE = 0.05
Image = np.ndarray[Any, Any]
Call = Callable[[], Any]


def ghosting_ours(image: Image) -> Call:
    """The effect alone, as a transform of torchio is."""
    return _effect("mri.ghosting", image, intensity=INTENSITY, period_lines=float(PERIOD_LINES))


def bias_ours(image: Image) -> Call:
    """The effect alone."""
    return _effect("mri.bias_field", image, coefficient=COEFFICIENT, order=ORDER)


def ghosting_torchio(image: Image) -> Call:
    """torchio's Ghosting along the rows of one slice."""
    import torchio

    subject = _subject(image)
    transform = torchio.Ghosting(num_ghosts=PERIOD_LINES, axis=0, intensity=INTENSITY, restore=None)
    return lambda: transform(subject).data.numpy()[0, :, :, 0]


def bias_torchio(image: Image) -> Call:
    """torchio's BiasField of the same order on one slice; its polynomial has a third axis too."""
    import torchio

    subject = _subject(image)
    count = (ORDER + 1) * (ORDER + 2) * (ORDER + 3) // 6
    coefficients = np.random.default_rng(0).uniform(-COEFFICIENT, COEFFICIENT, count).tolist()
    transform = torchio.BiasField(coefficients=coefficients, order=ORDER)
    return lambda: transform(subject).data.numpy()[0, :, :, 0]


def shared_invariants(image: Image, *, torchio: bool) -> list[str]:
    """A line for each invariant: how far ours and, where it is installed, torchio's keep to it."""
    who = [("medq", ghosting_ours, bias_ours)]
    if torchio:
        who.append(("torchio", ghosting_torchio, bias_torchio))
    spacing = image.shape[0] // PERIOD_LINES
    copies = ", ".join(f"{name} {_copy_at(spacing, image, ghosting(image)()):.2f}" for name, ghosting, _ in who)
    residuals = ", ".join(f"{name} {_polynomial_residual(image, bias(image)()):.1e}" for name, _, bias in who)
    return [
        f"ghost {image.shape[0]} lines / {PERIOD_LINES} = {spacing} px away, likeness there over 6 px beside: {copies}",
        f"log(out / in) of a bias field less its best polynomial of order {ORDER}, largest: {residuals}",
    ]


def _effect(id: str, image: Image, **changed: Any) -> Call:
    from medq_tasks.degradations import get

    spec = get(id)
    parameters = {**spec.fixed, **changed}
    return lambda: spec.function(image.copy(), np.random.Generator(np.random.Philox(key=1)), **parameters).image


def _subject(image: Image) -> Any:
    import torch
    import torchio

    torch.set_num_threads(1)
    return torchio.ScalarImage(tensor=torch.from_numpy(image.copy())[None, :, :, None])


def _copy_at(spacing: int, image: Image, ghosted: Image) -> float:
    """How like the image (or its negative) the change is at a shift along the rows, over the same 6 px to either side.

    Above 1 where a copy lies there. Both are high-passed, so that smooth anatomy is not like itself everywhere.
    """
    from scipy.ndimage import gaussian_filter

    change, clean = (values - gaussian_filter(values, 3) for values in (ghosted - image, image))
    across = [np.abs((np.roll(clean, spacing + beside, axis=0) * change).sum()) for beside in (-6, 0, 6)]
    return float(2 * across[1] / (across[0] + across[2]))


def _polynomial_residual(image: Image, shaded: Image) -> float:
    tissue = (image > TISSUE) & (shaded < 0.999)
    y, x = (axis[tissue] / side * 2 - 1 for axis, side in zip(np.indices(image.shape), image.shape, strict=True))
    terms = np.stack([y**i * x**j for i in range(ORDER + 1) for j in range(ORDER + 1 - i)], axis=1)
    log_field = np.log(shaded[tissue] / image[tissue])
    fitted = terms @ np.linalg.lstsq(terms, log_field, rcond=None)[0]
    return float(np.abs(log_field - fitted).max())
