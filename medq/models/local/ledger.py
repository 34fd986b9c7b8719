"""The account of what reached the processor, over all answers of a session or out of their notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass
class Ledger:
    """Counts images by answer: `kept` holds the share of pixels kept, one number an image."""

    images: int = 0
    identical: int = 0
    resampled: int = 0
    cropped: int = 0
    kept: list[float] = field(default_factory=list)

    def add(self, seen: Mapping[str, Any]) -> None:
        """Takes in the record of one answer (`notes["processor"]`)."""
        for image in seen.get("images", ()):
            self.images += 1
            self.identical += bool(image["identical"])
            self.resampled += image["input"] != image["resized"]
            self.cropped += image.get("in_view", 1) < 1
            self.kept.append(image["pixels_kept"])

    def summary(self) -> dict[str, Any]:
        """For the manifest; empty where no image was seen."""
        if not self.images:
            return {}
        kept = {"min": min(self.kept), "median": median(self.kept), "max": max(self.kept)}
        return {
            "images": self.images,
            "bit_identical": self.identical,
            "resampled": self.resampled,
            "cropped": self.cropped,
            "pixels_kept": kept,
        }

    def lines(self) -> list[str]:
        """For the user: whether the images reached the processor as they are, and what it did to them."""
        if not self.images:
            return []
        line = f"images bit-identical up to the processor: {self.identical}/{self.images}"
        if self.resampled:
            line += f"; it resampled {self.resampled} of them, median pixels kept {100 * median(self.kept):.0f} %"
        if self.cropped:
            line += f", and cropped {self.cropped}"
        return [line]
