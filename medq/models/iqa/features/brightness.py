"""Brightness: the level of the brighter part of the content."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture


def brightness(picture: Picture) -> float:
    """90th percentile of grey in the content, in [0, 1]."""
    return float(np.percentile(picture.grey[picture.content], 90))
