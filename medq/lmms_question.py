"""From lmms-eval's requests to our questions: the same prompt, and the file's own bytes where they hold the image."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from medq.run.question import Question
from medq_tasks.errors import ImageError
from medq_tasks.images import to_sent
from medq_tasks.item import ImageSource, Item

if TYPE_CHECKING:
    from lmms_eval.api.instance import Instance
    from PIL.Image import Image

Doc = Mapping[str, Any]
Messages = Sequence[Mapping[str, Any]]
_OURS = {"task", "split", "position", "source_item"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its document, and what lmms-eval's chat models would get of it."""

    doc: Doc
    task: str
    doc_id: int
    messages: Callable[[Doc], Messages]
    generation: Mapping[str, Any]

    def temperature(self) -> float | None:
        """What the task's YAML wants; None where it leaves it open."""
        wanted = self.generation.get("temperature")
        return 0.0 if self.generation.get("do_sample") is False else None if wanted is None else float(wanted)

    def shown(self) -> list[Image]:
        """The images, decoded, in order."""
        return [part["url"] for part in self._parts("image")]

    def prompt(self) -> str:
        """The text parts, one after the other."""
        return "".join(str(part["text"]) for part in self._parts("text"))

    def _parts(self, kind: str) -> list[Mapping[str, Any]]:
        return [part for message in self.messages(self.doc) for part in message["content"] if part["type"] == kind]


@dataclass(frozen=True, slots=True)
class ShownImage:
    """An image that a chat model of lmms-eval would get, as the bytes of the file that it was decoded from.

    Where there is no such file, or its pixels are not those shown (another window, a resized copy), as a PNG of them.
    """

    asked: Asked
    place: int
    source: ImageSource | None

    @property
    def name(self) -> str:
        """Where it comes from."""
        return self.source.name if self.source is not None else f"{self.asked.task}[{self.asked.doc_id}]"

    def read(self) -> bytes:
        """The bytes. Raises `ImageError` for a file that cannot be read."""
        shown = self.asked.shown()[self.place]
        data = None if self.source is None else self.source.read()
        return data if data is not None and _holds(data, self.name, shown) else _png(shown)


def asked_of(requests: Sequence[Instance], docs: Mapping[str, Any]) -> list[Asked]:
    """The requests with their documents; `docs` is lmms-eval's `task_dict`."""
    found = []
    for request in requests:
        _, messages, generation, doc_id, task, split = request.args
        found.append(Asked(docs[task][split][doc_id], task, doc_id, messages, generation or {}))
    return found


def questions(asked: Sequence[Asked]) -> Iterator[Question]:
    """One question a request, in order; a document that is asked about again is the next vote on it."""
    votes = Counter[tuple[str, int]]()
    for one in asked:
        vote = votes[(one.task, one.doc_id)]
        votes[(one.task, one.doc_id)] += 1
        yield Question(_item(one), one.prompt(), vote)


def _item(asked: Asked) -> Item:
    if not set(asked.doc) >= _OURS:
        images = tuple(ShownImage(asked, place, None) for place in range(len(asked.shown())))
        return Item(str(asked.doc_id), asked.task, asked.prompt(), images)
    from medq_tasks.lmms.docs import whole_item

    item = whole_item(asked.doc)
    shown = partial(ShownImage, asked)
    return replace(item, images=tuple(shown(place, source) for place, source in enumerate(item.images)))


def _holds(data: bytes, name: str, shown: Image) -> bool:
    """Whether the bytes, as they would be sent, decode to the very pixels shown."""
    from PIL import Image

    try:
        sent = to_sent(data, name=name, window=None)
    except ImageError:
        return False
    with Image.open(io.BytesIO(sent.data)) as own:
        return (own.mode, own.size) == (shown.mode, shown.size) and own.tobytes() == shown.tobytes()


def _png(shown: Image) -> bytes:
    buffer = io.BytesIO()
    shown.save(buffer, "PNG")
    return buffer.getvalue()
