"""Brightness: the level of the brighter part of the picture."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture


def brightness(picture: Picture) -> float:
    """90th percentile of grey over the whole picture, in [0, 1].

    The dark surround counts: where gain or exposure falls, content turns dark and would otherwise leave the measure.
    """
    return float(np.percentile(picture.grey, 90))
