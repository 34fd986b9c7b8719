"""Small pictures of the images that a run sent, for a table; the images themselves travel in the artifact."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from medq.records import ImageRecord

SIDE_PX = 256
FOLDER = "images"


def kept_image(run_dir: Path, image: ImageRecord) -> Path | None:
    """The file of an image as it was sent, None where the run kept none."""
    if not (image.sent_sha256.isalnum() and image.sent_format.isalnum()):
        return None
    endings = dict.fromkeys((image.sent_format, image.sent_format.lower()))
    files = (run_dir / FOLDER / f"{image.sent_sha256}.{ending}" for ending in endings)
    return next((file for file in files if file.is_file()), None)


class Pictures:
    """Makes each picture once, however many rows show it."""

    def __init__(self, run_dir: Path) -> None:
        self._run_dir = run_dir
        self._made: dict[str, Any] = {}

    def of(self, image: ImageRecord) -> Any:
        """A `wandb.Image` of at most 256 px, captioned with the hash of the sent bytes; None where none can be made."""
        if image.sent_sha256 not in self._made:
            self._made[image.sent_sha256] = self._make(image)
        return self._made[image.sent_sha256]

    def _make(self, image: ImageRecord) -> Any:
        import wandb
        from PIL import Image

        file = kept_image(self._run_dir, image)
        if file is None:
            return None
        try:
            with Image.open(file) as opened:
                opened.draft("RGB", (SIDE_PX, SIDE_PX))
                small = opened.convert("I" if opened.mode.startswith("I") else "RGB")
                small.thumbnail((SIDE_PX, SIDE_PX))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return None
        return wandb.Image(_eight_bit(small), caption=f"sent sha256 {image.sent_sha256[:16]}", file_type="jpg")


def _eight_bit(small: Any) -> Any:
    """Values above 8 bits stretched from their lowest to their highest."""
    if small.mode != "I":
        return small
    low, high = small.getextrema()
    scale = 255.0 / max(1, high - low)
    return small.point(lambda value: value * scale - low * scale).convert("L")
