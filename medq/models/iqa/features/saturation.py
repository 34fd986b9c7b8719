"""Saturation: the share of clipped pixels."""

from __future__ import annotations

from medq.models.iqa.picture import Picture

CLIPPED = 250 / 255


def saturation(picture: Picture) -> float:
    """Share of the content whose channels are all at 250 of 255 or above, in [0, 1]; larger is more over-exposed."""
    inside = picture.content
    return float((picture.rgb.min(axis=-1)[inside] >= CLIPPED).mean())
