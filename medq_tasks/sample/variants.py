"""The images of the sample set as they are shown: each original, and each degraded in one way at two levels."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from medq_tasks.sample.catalogue import Attribute, Level, Original, attributes, originals, plan
from medq_tasks.sample.opening import Pixels, open_original


@dataclass(frozen=True, slots=True)
class Variant:
    """One shown image with its truth. `attribute`, and with it `degradation` (an id), is None for the original itself.

    `png` is the file: 8 bits a channel, grey or RGB.
    """

    original: Original
    attribute: str | None
    level: Level
    severity: str
    degradation: str | None
    png: bytes

    @property
    def source(self) -> str:
        """The `source` axis: a degraded image is simulated, whatever it was made from."""
        return self.original.source if self.attribute is None else "simulated"

    @property
    def truth(self) -> Attribute | None:
        """The attribute's entry."""
        return None if self.attribute is None else attributes()[self.attribute]


def make_variants() -> Iterator[Variant]:
    """Every variant: image by image in the order of the catalogue, the original first, then attribute by attribute."""
    for original in originals():
        pixels = open_original(original)
        yield Variant(original, None, "none", "L0", None, to_png(pixels))
        for attribute in original.attributes:
            for level in ("mild", "severe"):
                yield degraded(original, pixels, attribute, level)


def degraded(original: Original, pixels: Pixels, attribute: str, level: Level) -> Variant:
    """The original with one attribute at a level; the same bytes for the same versions of the packages."""
    from medq_tasks.degradations import apply

    severity = "L0" if level == "none" else plan().levels[level]
    entry = attributes()[attribute]
    name = entry.degradation_for(original.modality)
    result = apply(name, pixels, level=severity, params=entry.parameters, seed=plan().seed, modality=original.modality)
    return Variant(original, attribute, level, severity, name, to_png(result.image))


def to_png(pixels: Pixels) -> bytes:
    """A PNG of (H, W) or (H, W, 3) uint8 pixels."""
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(pixels).save(out, format="PNG", compress_level=6)
    return out.getvalue()
