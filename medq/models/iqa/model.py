"""The embedded baseline as a model: it measures the images, reads the question's words, and answers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from medq.models.interface import Answer, Failure, Outcome, Request
from medq.models.iqa.choosing import choose
from medq.models.iqa.describing import compare, describe
from medq.models.iqa.estimate import Scores, estimate
from medq.models.iqa.once import Once
from medq.models.iqa.picture import open_picture
from medq.models.iqa.statistics import measure
from medq.models.iqa.thresholds import digest, thresholds
from medq_tasks.errors import ImageError
from medq_tasks.images import SentImage, open_pixels

KEPT_IMAGES = 4096


class Iqa:
    """A classical no-reference baseline; no multimodal language model, and no MedQ-Bench number.

    It uses the question, the options and the images, never the gold answer or an axis of the item. The same request
    gets the same answer. An image is measured once, in a thread, however many questions and votes there are about it;
    the scores of the latest 4,096 are kept.
    """

    chunk = 1

    def __init__(self, *, concurrency: int = 2) -> None:
        self.concurrency = concurrency
        self.identity: Mapping[str, Any] = {"kind": "iqa", "version": digest()}
        self._scores: Once[Scores] = Once(kept=KEPT_IMAGES)
        self._whole = thresholds().overall

    async def answer(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        """A letter where options are shown, otherwise a description or a comparison."""
        return [await asyncio.to_thread(self._one, request) for request in requests]

    async def close(self) -> None:
        """Nothing to end."""

    def _one(self, request: Request) -> Outcome:
        try:
            scores = [self._measured(image) for image in request.images]
        except (ImageError, ValueError) as error:
            return Failure("file", str(error), permanent=True)
        if request.item.options:
            return Answer(choose(request.item.question, request.item.options, scores[0], self._whole).letter)
        return Answer(compare(scores[0], scores[1]) if len(scores) == 2 else describe(scores[0], self._whole))

    def _measured(self, image: SentImage) -> Scores:
        return self._scores.get(image.sent_sha256, lambda: _scores(image))


def _scores(image: SentImage) -> Scores:
    return estimate(measure(open_picture(open_pixels(image.data, image.sent_sha256[:12]))), thresholds())
