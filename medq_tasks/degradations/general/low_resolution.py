"""Low resolution: too few samples, shown at the old size."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import each_channel
from medq_tasks.degradations.optics.coordinates import Field
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_ROLL_OFF = 0.3  # share of the pass band over which the response falls to 0


@degradation(
    "general.low_resolution",
    category="resolution_blur",
    attribute="low resolution",
    curves={"factor": Curve("fewer samples a side", ((0.1, 1.4), (0.4, 3.0), (0.9, 8.0), (1.0, 10.0)), log=True)},
    aliases=("downsample_artifact", "low_resolution"),
    source="MedQ-Deg; MedMNIST-C pixelates to 0.8 to 0.1 of the side",
)
def low_resolution(image: Image, rng: np.random.Generator, *, factor: float) -> Effect:
    """The image band-limited to what `factor` times fewer samples a side can carry, interpolated back by its cosines.

    In the cosine (DCT-II) domain, mirrored borders and no wrap-around: every frequency at or above 1 / (2 `factor`)
    cycles/px is 0; the response falls to it by a half cosine over the top 30 %, as of a detector with a
    moderate anti-aliasing filter, so a little ringing remains beside edges.
    """
    return Effect(np.clip(each_channel(image, lambda channel: _limited(channel, factor)), 0.0, 1.0))


def _limited(channel: Field, factor: float) -> Field:
    from scipy.fft import dctn, idctn

    spectrum = dctn(channel.astype(np.float64), norm="ortho")
    for axis, size in enumerate(channel.shape):
        frequency = np.arange(size) / (2 * size) * (2 * factor)  # 1 at the cut-off
        fall = np.clip((1.0 - frequency) / _ROLL_OFF, 0.0, 1.0)
        response = 0.5 - 0.5 * np.cos(np.pi * fall)
        response[0] = 1.0
        spectrum *= response[:, None] if axis == 0 else response[None, :]
    return np.asarray(idctn(spectrum, norm="ortho"), dtype=np.float32)
