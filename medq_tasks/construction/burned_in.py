"""Text that is burned into the pixels: told by the header, or found as lines of character-shaped strokes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

BRIGHT = 0.8  # of the brightest pixel: annotations are drawn in the brightest grey
DARK = 0.2  # of the brightest pixel, in all channels: ink on a bright ground
GROUND = 0.6  # of the brightest pixel: the median around a dark stroke, so that gaps in dark tissue are no ink
HEIGHT_PX = (5, 60)
WIDTH_PX_MAX = 80
FILLED = (0.12, 0.9)  # share of its box that a character's strokes cover
CHARACTERS_MIN = 5
REGIONS_MAX = 20

Box = tuple[int, int, int, int]  # top, left, bottom, right in px


@dataclass(frozen=True, slots=True)
class TextFinding:
    """An image that may carry text. `tag` is the header's BurnedInAnnotation, `regions` are lines of characters.

    `kept`: a person has looked at the source and the spec says so; otherwise the image is left out of the benchmark.
    """

    image: str
    tag: str | None
    regions: tuple[Box, ...]
    kept: bool = False


def burned_in_text(image: str, shown: npt.NDArray[np.uint8], *, tag: str | None) -> TextFinding | None:
    """The finding, None where neither the tag says YES nor the detector sees a line of text.

    A tag that says NO is not believed when the detector sees one. The detector reads no characters: it is a filter
    for people to check, not a proof that an image carries no text.
    """
    regions = text_lines(shown)
    if regions or (tag or "").upper() == "YES":
        return TextFinding(image, tag, regions)
    return None


def text_lines(shown: npt.NDArray[np.uint8]) -> tuple[Box, ...]:
    """Boxes of lines of at least `CHARACTERS_MIN` strokes of similar height side by side, at most 20.

    `shown` is (H, W) or (H, W, 3) uint8. Method: bright connected components of character size, then dark ones on a
    bright ground, chained along rows.
    """
    grey: npt.NDArray[Any] = shown if shown.ndim == 2 else shown.max(axis=2)
    if not grey.any() or grey.min() == grey.max():
        return ()
    top = grey.max()
    bright = _strokes(grey >= BRIGHT * top)
    dark = [box for box in _strokes(grey <= DARK * top) if _on_bright_ground(grey, box)]
    return tuple(line for boxes in (bright, dark) for line in _lines(sorted(boxes, key=lambda box: box[1])))[
        :REGIONS_MAX
    ]


def _strokes(drawn: npt.NDArray[np.bool_]) -> list[Box]:
    """The connected components of the size and fullness of a character."""
    from scipy import ndimage

    labels, _ = ndimage.label(drawn, structure=np.ones((3, 3)))
    boxes = []
    for number, (rows, columns) in enumerate(ndimage.find_objects(labels), start=1):
        height, width = rows.stop - rows.start, columns.stop - columns.start
        if not (HEIGHT_PX[0] <= height <= HEIGHT_PX[1] and width <= WIDTH_PX_MAX):
            continue
        filled = float((labels[rows, columns] == number).mean())
        if FILLED[0] <= filled <= FILLED[1] or width <= 3:
            boxes.append((rows.start, columns.start, rows.stop, columns.stop))
    return boxes


def _on_bright_ground(grey: npt.NDArray[Any], box: Box) -> bool:
    """Whether the frame of two px around the box is bright, inside the picture."""
    top, left, bottom, right = max(0, box[0] - 2), max(0, box[1] - 2), box[2] + 2, box[3] + 2
    ground = np.concatenate([
        grey[top : box[0], left:right].ravel(), grey[box[2] : bottom, left:right].ravel(),
        grey[box[0] : box[2], left : box[1]].ravel(), grey[box[0] : box[2], box[3] : right].ravel(),
    ])  # fmt: skip
    return bool(ground.size) and float(np.median(ground)) >= GROUND * float(grey.max())


def _lines(boxes: list[Box]) -> list[Box]:
    """Chains of boxes from left to right: similar height, same baseline, gaps of at most a character."""
    chains: list[list[Box]] = []
    for box in boxes:
        chain = next((chain for chain in chains if _continues(chain[-1], box)), None)
        if chain is None:
            chains.append([box])
        else:
            chain.append(box)
    return [_union(chain) for chain in chains if len(chain) >= CHARACTERS_MIN]


def _continues(last: Box, box: Box) -> bool:
    height, other = last[2] - last[0], box[2] - box[0]
    similar = 0.6 <= other / height <= 1.7
    same_baseline = abs(last[2] - box[2]) <= max(2, 0.15 * height)
    gap = box[1] - last[3]
    return similar and same_baseline and 0 < gap <= 1.0 * max(height, other)


def _union(chain: list[Box]) -> Box:
    tops, lefts, bottoms, rights = zip(*chain, strict=True)
    return min(tops), min(lefts), max(bottoms), max(rights)
