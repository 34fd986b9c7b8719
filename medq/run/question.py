"""From items to questions, and from a question to the very bytes that are sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from medq.errors import ConfigError
from medq.journal import answer_key
from medq.models.interface import Failure, Request
from medq.records import ImageRecord
from medq_tasks.errors import ImageError
from medq_tasks.images import SentImage, Window, to_sent
from medq_tasks.item import Item


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask: an item, the prompt made from it, and the number of the vote.

    `exchanged`: the second pass of a comparison, its two images in the other order.
    """

    item: Item
    prompt: str
    sample: int
    exchanged: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question whose images are read: its journal key, the ledger of its images, and the request to send.

    `request` is None, and `failure` set, where an image could not be had.
    """

    key: str
    images: tuple[ImageRecord, ...]
    request: Request | None
    failure: Failure | None = None


def questions(
    items: Iterable[Item], render: Callable[[Item], str], *, runs: int, exchanged: bool = False
) -> Iterator[Question]:
    """Each item `runs` times, the votes of an item side by side; `exchanged` turns the order of its images round."""
    for item in items:
        prompt = render(item)
        asked = replace(item, images=item.images[::-1]) if exchanged else item
        for sample in range(runs):
            yield Question(asked, prompt, sample, exchanged)


@dataclass(frozen=True, slots=True)
class Preparer:
    """Reads the images of a question and proves what is done to them.

    Raises `ConfigError` where an image would be sent changed without a declared window and `allow_lossy` is off: that
    ends the run, because it would spoil the measurement.
    """

    identity: Mapping[str, Any]
    seed: int
    window: Window | None
    allow_lossy: bool
    keep: Callable[[SentImage], None] | None

    def __call__(self, question: Question) -> Prepared:
        """The question ready to send. A file that cannot be read is a failure of this item alone."""
        item = question.item
        try:
            sent = tuple(to_sent(image.read(), name=image.name, window=self.window) for image in item.images)
        except ImageError as error:
            return Prepared(self._key(question, ()), (), None, Failure("file", str(error), permanent=True))
        for image, source in zip(sent, item.images, strict=True):
            self._check(image, source.name, item)
            if self.keep is not None:
                self.keep(image)
        request = Request(item, question.prompt, sent, question.sample, self._seed(question))
        return Prepared(self._key(question, sent), tuple(map(ledger, sent)), request)

    def _check(self, image: SentImage, name: str, item: Item) -> None:
        if not image.lossless and image.window is None and not self.allow_lossy:
            raise ConfigError(
                f"item {item.id}: {name} would reach the model changed ({image.format} {image.bit_depth} bit sent as "
                f"{image.sent_format}); give a lossless image, or data.allow_lossy=true to go on and have it recorded"
            )

    def _key(self, question: Question, sent: tuple[SentImage, ...]) -> str:
        hashes = [image.sent_sha256 for image in sent]
        return answer_key(self.identity, prompt=question.prompt, images=hashes, sample=question.sample)

    def _seed(self, question: Question) -> int:
        text = f"{self.seed}/{question.item.task}/{question.item.id}/{question.sample}"
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big")


def ledger(image: SentImage) -> ImageRecord:
    """The row's record of an image, without its bytes."""
    return ImageRecord(
        sha256=image.sha256,
        format=image.format,
        width=image.width,
        height=image.height,
        bit_depth=image.bit_depth,
        sent_sha256=image.sent_sha256,
        sent_format=image.sent_format,
        lossless=image.lossless,
        window=None if image.window is None else dict(image.window),
    )
