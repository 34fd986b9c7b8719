"""Small previews of the images that were sent, as data URIs, one for each distinct image.

The pixels come from `images/<sha256 of the sent bytes>.<format>` in the run's folder, where the run kept them.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

IMAGES = "images"
BYTES_ALL = 1_600_000  # of the report's 5 MB, before base64 adds a third
SIDES_PX = (192, 160, 128, 96, 64)
BYTES_PER_PX = 0.11  # of WebP at this quality, measured on noisy greyscale images of 64 px, the dearest
QUALITY = 40
THREADS = 2  # Pillow decodes outside the interpreter lock

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Preview:
    """A kept image: its file, and its preview as a `data:` URI, None where the file cannot be decoded."""

    file: Path
    uri: str | None


def find_images(run_dir: Path) -> dict[str, Path]:
    """The kept images of a run by the SHA-256 of the sent bytes; empty where none were kept."""
    folder = run_dir / IMAGES
    if not folder.is_dir():
        return {}
    return {path.stem: path for path in sorted(folder.iterdir()) if _SHA256.fullmatch(path.stem)}


def previews(run_dir: Path, wanted: Iterable[str]) -> dict[str, Preview]:
    """A preview of every wanted image (SHA-256 of the sent bytes) that the run kept.

    The side shrinks from 192 to 64 px as their number grows, so that together they stay under 2 MB.
    """
    kept = find_images(run_dir)
    files = {sha: kept[sha] for sha in dict.fromkeys(wanted) if sha in kept}
    side = side_px(len(files))
    with ThreadPoolExecutor(THREADS) as pool:
        uris = pool.map(lambda file: preview_uri(file, side=side), files.values())
        return {sha: Preview(file, uri) for (sha, file), uri in zip(files.items(), uris, strict=True)}


def side_px(images: int) -> int:
    """The longest side of a preview, in px, with which so many of them fit into the report.

    >>> side_px(12), side_px(600), side_px(3000)
    (192, 128, 64)
    """
    fitting = (side for side in SIDES_PX if images * side * side * BYTES_PER_PX <= BYTES_ALL)
    return next(fitting, SIDES_PX[-1])


def preview_uri(file: Path, *, side: int) -> str | None:
    """The image scaled into `side` x `side` px as a WebP data URI; None when it cannot be decoded."""
    from PIL import Image

    try:
        with Image.open(file) as image:
            image.draft("RGB", (side, side))  # a JPEG is decoded at a fraction of its size
            readable = _eight_bit(image)
            small = readable.reduce(max(1, max(readable.size) // side))
            small.thumbnail((side, side), Image.Resampling.BILINEAR)
            encoded = io.BytesIO()
            small.save(encoded, "WEBP", quality=QUALITY, method=2)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return "data:image/webp;base64," + base64.b64encode(encoded.getvalue()).decode("ascii")


def _eight_bit(image: Image) -> Image:
    """The image in a mode that WebP knows; more than 8 bits are stretched from their lowest to their highest value."""
    if image.mode.startswith(("I", "F")):
        wide = image.convert("F")
        low, high = wide.getextrema()
        scale = 255.0 / (high - low) if high > low else 0.0  # type: ignore[operator]
        return wide.point(lambda value: value * scale - low * scale).convert("L")  # type: ignore[operator]
    if image.mode in {"RGB", "RGBA", "L"}:
        return image
    return image.convert("RGBA" if "A" in image.mode or "transparency" in image.info else "RGB")
