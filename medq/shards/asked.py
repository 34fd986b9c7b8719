"""The questions of a shard with the ledger of their images, so that the run need not read every image again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from medq.records import ImageRecord
from medq.run.loop import Looked
from medq.run.question import Prepared, Question
from medq.run.write import write_lines
from medq.shards.shard import Shard


class Recording:
    """Picks a shard's questions out of all, prepares them, and remembers key and images of each."""

    def __init__(self, prepare: Callable[[Question], Prepared]) -> None:
        self._prepare = prepare
        self._numbers: list[int] = []
        self._looked: list[str] = []

    def pick(self, questions: Iterable[Question], shard: Shard) -> Iterator[Question]:
        """The questions of that shard, in order."""
        for number, question in enumerate(questions):
            if shard.has(question.item.task, question.item.id):
                self._numbers.append(number)
                yield question

    def __call__(self, question: Question) -> Prepared:
        """The question ready to send; called once for each that was picked, in their order."""
        prepared = self._prepare(question)
        images = [image.model_dump(mode="json") for image in prepared.images]
        self._looked.append(json.dumps((question.item.id, prepared.key, images), ensure_ascii=False))
        return prepared

    def write(self, path: Path) -> int:
        """Writes a line a question, the number of the question in the run first; returns how many there are."""
        write_lines(path, (f"[{n}, {rest}]\n" for n, rest in zip(self._numbers, self._looked, strict=True)))
        return len(self._numbers)


def read_asked(paths: Iterable[Path]) -> dict[int, Looked]:
    """Item, key and images by the number of the question; files that are not there have none."""
    found: dict[int, Looked] = {}
    for path in filter(Path.is_file, paths):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                number, (item, key, images) = json.loads(line)
                found[number] = Looked(item, key, tuple(map(_image, images)))
    return found


def _image(record: dict[str, Any]) -> ImageRecord:
    # Written by this very version a moment ago: to check 25,000 of them again would only take time.
    return ImageRecord.model_construct(**record)
