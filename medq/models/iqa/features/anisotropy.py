"""Motion blur: fine detail that is missing in one direction only."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture

DIRECTIONS = 12


def anisotropy(picture: Picture) -> float:
    """log10 of the ratio of the largest to the smallest fine gradient energy over 12 directions, in the content.

    At least 0; 0 means that no direction is favoured. Energy is that of the second derivative along the direction
    at 1 px, so oriented anatomy counts less than smear.
    """
    from scipy.ndimage import gaussian_filter

    grey, inside = picture.grey, picture.content
    yy, xx, xy = (gaussian_filter(grey, 1.0, order=order)[inside] for order in ((2, 0), (0, 2), (1, 1)))
    energies = []
    for angle in np.arange(DIRECTIONS) * np.pi / DIRECTIONS:
        sine, cosine = np.sin(angle), np.cos(angle)
        along = cosine**2 * xx + sine**2 * yy + 2 * sine * cosine * xy
        energies.append(float(np.abs(along).mean()))
    return float(np.log10(max(energies) / min(energies))) if min(energies) > 1e-9 else 0.0
