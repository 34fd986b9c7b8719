"""Near-duplicates between dev and test: the same picture scaled, windowed, compressed, turned or mirrored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

SIDE_PX = 32
LOW = 8  # the hash holds the 8 × 8 lowest cosine frequencies

Picture = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A picture small enough to compare: grey (32, 32) values, and its 64-bit hash in each of the 8 orientations."""

    name: str
    split: str
    small: npt.NDArray[np.float64]
    hashes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two images of different splits that are the same picture: bits of 64 that differ, and their correlation."""

    first: str
    second: str
    bits: int
    correlation: float


def fingerprint(name: str, split: str, picture: Picture) -> Fingerprint:
    """The fingerprint of a picture, (H, W) or (H, W, 3) of any depth."""
    small = _small(picture)
    return Fingerprint(name, split, small, tuple(_hash(turned) for turned in _orientations(small)))


def across_splits(prints: Sequence[Fingerprint], *, maximum_bits: int, minimum_correlation: float) -> list[Duplicate]:
    """Every pair of images of different splits that agree in hash and in correlation, in any orientation.

    The hash is the sign of the 8 × 8 lowest DCT coefficients about their median (Zauner 2010); the correlation of the
    32 × 32 pictures in the same orientation confirms it, since hashes of dark images collide.
    """
    found = []
    for place, first in enumerate(prints):
        for second in prints[place + 1 :]:
            if first.split == second.split:
                continue
            bits, orientation = min(
                ((first.hashes[0] ^ other).bit_count(), index) for index, other in enumerate(second.hashes)
            )
            if bits > maximum_bits:
                continue
            turned = list(_orientations(second.small))[orientation]
            correlation = _correlation(first.small, turned)
            if correlation >= minimum_correlation:
                found.append(Duplicate(first.name, second.name, bits, correlation))
    return found


def _small(picture: Picture) -> npt.NDArray[np.float64]:
    from PIL import Image

    grey = picture.astype(np.float32) if picture.ndim == 2 else picture.mean(axis=2, dtype=np.float32)
    resized = Image.fromarray(grey).resize((SIDE_PX, SIDE_PX), Image.Resampling.BOX)
    return np.asarray(resized, np.float64)


def _orientations(small: npt.NDArray[np.float64]) -> Iterator[npt.NDArray[np.float64]]:
    for mirrored in (small, small[:, ::-1]):
        for quarter in range(4):
            yield np.rot90(mirrored, quarter)


def _hash(small: npt.NDArray[np.float64]) -> int:
    from scipy.fft import dctn

    low = dctn(small, norm="ortho")[:LOW, :LOW].ravel()
    bits = low > np.median(low[1:])  # without the mean brightness, which says nothing of the picture
    return int("".join("1" if bit else "0" for bit in bits), 2)


def _correlation(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> float:
    if first.std() == 0 or second.std() == 0:
        return float(np.array_equal(first, second))
    return float(np.corrcoef(first.ravel(), second.ravel())[0, 1])
