"""Every question of a run with the size of its images, read from their headers alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from medq.run.question import Question
from medq_tasks.errors import ImageError
from medq_tasks.images import probe
from medq_tasks.item import ImageSource

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A question that a run will ask once. `sizes` are width and height in px; None where an image cannot be read."""

    question: Question
    sizes: tuple[Size, ...] | None


def survey(questions: Iterable[Question]) -> list[Surveyed]:
    """The questions in order, those with the same prompt, images and vote once, as a run asks them."""
    known: dict[int, tuple[str, Size] | None] = {}
    seen = set[tuple[str, int, tuple[str, ...]]]()
    found = []
    for question in questions:
        images = [_looked_at(image, known) for image in question.item.images]
        readable = [image for image in images if image is not None]
        whole = len(readable) == len(images)
        key = (question.prompt, question.sample, tuple(digest for digest, _ in readable))
        if whole and key in seen:
            continue
        seen.add(key)
        found.append(Surveyed(question, tuple(size for _, size in readable) if whole else None))
    return found


def _looked_at(image: ImageSource, known: dict[int, tuple[str, Size] | None]) -> tuple[str, Size] | None:
    """Digest and size of an image, looked at once however often it is asked about."""
    if id(image) not in known:
        known[id(image)] = _look(image)
    return known[id(image)]


def _look(image: ImageSource) -> tuple[str, Size] | None:
    try:
        data = image.read()
        info = probe(data, image.name)
    except ImageError:
        return None
    return hashlib.sha256(data).hexdigest(), (info.width, info.height)
