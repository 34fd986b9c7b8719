"""Questions with small images, and their answers by a tiny model through the bridge."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image

from medq.hardware import HardwareSettings
from medq.models.interface import Answer, Outcome, Request
from medq.models.lmms import LmmsModel
from medq.models.settings import LocalSettings, ModelSettings
from medq_tasks.images import SentImage, to_sent
from medq_tasks.item import Item
from tests.tiny_models import CLASSES, tiny


def png(pixels: Any, **options: Any) -> bytes:
    """The pixels as a file."""
    held = io.BytesIO()
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(np.asarray(pixels))
    image.save(held, options.pop("format", "PNG"), **options)
    return held.getvalue()


def sent(seed: int, width: int, height: int) -> SentImage:
    """Noise of that size, as it is sent."""
    values = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return to_sent(png(values), name=f"noise {seed}")


def questions(count: int, *, letters: tuple[str, ...] = ()) -> list[Request]:
    """Questions of different lengths about one image or two, of different sizes."""
    images = [sent(n, 60 + 13 * n, 90 + 7 * n) for n in range(4)]
    return [
        Request(
            Item(str(n), "perception", "q", ()),
            f"Question {n}: " + "is it noisy? " * n,
            (images[n % 4],) if n % 3 else (images[n % 4], images[(n + 1) % 4]),
            seed=n,
            letters=letters,
        )
        for n in range(count)
    ]


def model(family: str, *, batch: int = 1, hardware: dict[str, Any] | None = None, **settings: Any) -> LmmsModel:
    """A tiny model of that family, not loaded yet."""
    local = settings.pop("local", LocalSettings(model=CLASSES[family]))
    given = {"kind": "lmms", "id": "org/tiny", "name": family, "path": tiny(family), "max_tokens": 8} | settings
    place = HardwareSettings(name="cpu", batch_size=batch, **(hardware or {}))
    return LmmsModel(ModelSettings(local=local, **given), place)


def outcomes(asked: LmmsModel, requests: Sequence[Request]) -> list[Outcome]:
    """What becomes of the questions, asked in chunks one after the other; the model is closed."""

    async def ask() -> list[Outcome]:
        size = asked.chunk
        try:
            found: list[Outcome] = []
            for start in range(0, len(requests), size):
                found += await asked.answer(requests[start : start + size])
            return found
        finally:
            await asked.close()

    return asyncio.run(ask())


def texts(found: Sequence[Outcome]) -> list[str]:
    """The texts, all of them answers."""
    assert all(isinstance(one, Answer) for one in found), found
    return [one.text for one in found if isinstance(one, Answer)]
