"""A radiograph's display values as attenuation, and back to the intensity that reached the detector."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.spec import Image

SPAN = 4.0  # assumed attenuation (natural log units) between black and white of a displayed radiograph


def to_intensity(image: Image, *, span: float = SPAN) -> Image:
    """Detector intensity relative to the unattenuated beam, in [exp(-`span`), 1], float32; white bone, black air.

    Beer-Lambert with a display linear in attenuation: I = exp(-span image). The span is assumed, not measured.
    """
    return np.asarray(np.exp(-span * image), dtype=np.float32)


def to_display(intensity: npt.NDArray[np.floating], *, span: float = SPAN) -> Image:
    """Display values in [0, 1], float32, of a relative intensity: -ln(I) / span, clipped."""
    attenuation = -np.log(np.maximum(intensity, np.exp(-2.0 * span))) / span
    return np.asarray(np.clip(attenuation, 0.0, 1.0), dtype=np.float32)
