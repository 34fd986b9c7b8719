"""JPEG compression of the stored picture."""

from __future__ import annotations

import io

import numpy as np

from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

# The DC step of these qualities but the last returns black to black. Others lift a dark surround by up to 8 grey
# levels, so that a better quality can look worse there: with them neither PSNR nor SSIM falls all the way.
QUALITIES = (
    (0.05, 60), (0.1, 55), (0.15, 49), (0.2, 41), (0.25, 34), (0.3, 26), (0.35, 21), (0.4, 17), (0.6, 13), (0.8, 10),
    (0.9, 7), (1.0, 5),
)  # fmt: skip


@degradation(
    "general.compression",
    modalities=("histopathology", "endoscopy", "fundus", "dermoscopy"),
    category="artifacts",
    attribute="compression",
    curves={"quality": Curve("IJG quality", QUALITIES, steps=True)},
    aliases=("compression", "jpeg"),
    source="ITU-T T.81 with the IJG tables; MedMNIST-C qualities 50 to 7 (pathology), 30 to 5 (retina)",
)
def compression(image: Image, rng: np.random.Generator, *, quality: int) -> Effect:
    """The image after a baseline JPEG at IJG `quality` (1 to 100), chroma halved (4:2:0), quantised to 8 bits before.

    Slide scanners, endoscopes and fundus cameras store JPEG. The facts hold `bytes_per_pixel`.
    """
    encoded = encode(image, quality=int(quality))
    return Effect(decode(encoded), facts={"bytes_per_pixel": len(encoded) / (image.shape[0] * image.shape[1])})


def encode(image: Image, *, quality: int) -> bytes:
    """The image as a baseline JPEG file."""
    from PIL import Image as Pillow

    buffer = io.BytesIO()
    values = np.rint(image * 255.0).astype(np.uint8)
    Pillow.fromarray(values).save(buffer, format="JPEG", quality=quality, subsampling="4:2:0")
    return buffer.getvalue()


def decode(data: bytes) -> Image:
    """The JPEG's pixels as float32 in [0, 1]."""
    from PIL import Image as Pillow

    with Pillow.open(io.BytesIO(data)) as picture:
        return np.asarray(picture, dtype=np.float32) / np.float32(255.0)
