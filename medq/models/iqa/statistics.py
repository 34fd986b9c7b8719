"""All statistics of an image, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from medq.models.iqa.features.anisotropy import anisotropy
from medq.models.iqa.features.black_level import black_level
from medq.models.iqa.features.blockiness import blockiness
from medq.models.iqa.features.blur import blur
from medq.models.iqa.features.brightness import brightness
from medq.models.iqa.features.coarse_noise import coarse_noise
from medq.models.iqa.features.contrast import contrast
from medq.models.iqa.features.illumination import illumination
from medq.models.iqa.features.line_gaps import line_gaps
from medq.models.iqa.features.local_blur import local_blur
from medq.models.iqa.features.noise import noise
from medq.models.iqa.features.ring import ring
from medq.models.iqa.features.saturation import saturation
from medq.models.iqa.features.shadow import shadow
from medq.models.iqa.features.speckle import speckle
from medq.models.iqa.features.spectral_blur import spectral_blur
from medq.models.iqa.features.specular import specular
from medq.models.iqa.features.streak import streak
from medq.models.iqa.features.surround_signal import surround_signal
from medq.models.iqa.picture import Picture

Statistics = Mapping[str, float]

STATISTICS: Mapping[str, Callable[[Picture], float]] = {
    function.__name__: function
    for function in (
        anisotropy, black_level, blockiness, blur, brightness, coarse_noise, contrast, illumination, line_gaps,
        local_blur, noise, ring, saturation, shadow, speckle, spectral_blur, specular, streak, surround_signal,
    )
}  # fmt: skip


def measure(picture: Picture) -> Statistics:
    """Every statistic of the picture; each function's docstring says unit and range."""
    return {name: function(picture) for name, function in STATISTICS.items()}
