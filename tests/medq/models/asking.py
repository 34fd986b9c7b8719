"""Asks a model behind an API, at a server of the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from medq.models.api import ApiModel
from medq.models.interface import Outcome, Request
from medq.models.settings import ModelSettings
from medq_tasks.images.sent import SentImage
from medq_tasks.item import Item

KEY = "sk-planted-0123456789abcdef"
QUESTION = "Which is worse?\nA. the first\nB. the second"


def image(data: bytes = b"\x89PNG", *, width: int = 64, height: int = 48) -> SentImage:
    return SentImage(data, "image/png", "h", "png", width, height, 8, "h", "png", bit_identical=True, lossless=True)


def request(number: int = 0, *images: SentImage, prompt: str = QUESTION, seed: int = 5) -> Request:
    return Request(Item(f"item{number}", "comparison", "q", ()), f"{number} {prompt}", images, seed=seed)


def settings(**given: Any) -> ModelSettings:
    defaults: dict[str, Any] = {"kind": "litellm", "id": "openai/gpt-4o-2024-08-06", "max_tokens": 16, "temperature": 0}
    return ModelSettings(**{**defaults, "backoff_s": 0.01, "timeout_s": 5, **given})


def ask(given: ModelSettings, requests: Sequence[Request]) -> tuple[list[Outcome], ApiModel]:
    async def run() -> tuple[list[Outcome], ApiModel]:
        model = ApiModel(given)
        try:
            return [
                outcome for part in await asyncio.gather(*(model.answer([r]) for r in requests)) for outcome in part
            ], model
        finally:
            await model.close()

    return asyncio.run(run())
