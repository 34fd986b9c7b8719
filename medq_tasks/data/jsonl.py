"""JSONL files: one object a line, read twice (once for its keys), images left in the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medq_tasks.data.base64_image import decode_base64
from medq_tasks.data.problem import Problem
from medq_tasks.data.stamp import Stamp
from medq_tasks.data.table import SHARED_INDEX_CHARACTERS_MAX, ImagePart, Row
from medq_tasks.errors import DataError, ImageError

_UTF8_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class LineImage:
    """An image that lies as base64 under a key of a JSONL line, `length` bytes from `offset`."""

    stamp: Stamp
    offset: int
    length: int
    row: int
    key: str
    place: int

    @property
    def name(self) -> str:
        return f"{self.stamp.path}, row {self.row}, column {self.key!r}"

    def read(self) -> bytes:
        """The decoded bytes. Raises `ImageError` when the text is no base64 or the file has changed or gone."""
        record = json.loads(self.stamp.read(self.offset, self.length, self.name))
        text = _as_list(record[self.key])[self.place]
        try:
            return decode_base64(text.encode("ascii"), self.name)
        except UnicodeEncodeError as error:
            raise ImageError(f"{self.name}: expected base64 of an image, got text beyond ASCII") from error


class JsonlTable:
    """A UTF-8 JSONL file. Its columns are the keys of all its lines, in the order in which they first stand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp = Stamp.of(path)
        keys: dict[str, None] = {}
        for _, _, _, record in self._records():
            if isinstance(record, dict):
                keys |= dict.fromkeys(record)
        self.columns = tuple(keys)
        if not keys:
            raise DataError(f"{path}: expected one JSON object a line, found none; check the file")

    def rows(self, image_columns: frozenset[int]) -> Iterator[Row | Problem]:
        """Each line as a row; a key that a line does not have is an empty cell."""
        for number, offset, length, record in self._records():
            if isinstance(record, Problem):
                yield record
                continue
            cells = ["" if at in image_columns else cell_text(record.get(key)) for at, key in enumerate(self.columns)]
            try:
                images = {at: self._images(record, self.columns[at], number, offset, length) for at in image_columns}
            except ValueError as error:
                yield Problem(number, "", "", str(error))
            else:
                yield Row(number, cells, images)

    def _records(self) -> Iterator[tuple[int, int, int, dict[str, Any] | Problem]]:
        offset = 0
        with self.path.open("rb", buffering=1 << 20) as file:
            for number, line in enumerate(file, 1):
                text = line.removeprefix(_UTF8_BOM) if number == 1 else line
                start, offset = offset + len(line) - len(text), offset + len(line)
                if text.strip():
                    yield number, start, len(text), _record(text, number)

    def _images(self, record: dict[str, Any], key: str, row: int, offset: int, length: int) -> tuple[ImagePart, ...]:
        parts: list[ImagePart] = []
        for place, value in enumerate(_as_list(record.get(key))):
            if not isinstance(value, str):
                raise ValueError(f"key {key!r}: expected base64 or a list of it, got {type(value).__name__}")  # noqa: TRY004
            if len(value) > SHARED_INDEX_CHARACTERS_MAX:
                parts.append(LineImage(self._stamp, offset, length, row, key, place))
            elif value.strip() or isinstance(record[key], list):
                parts.append(value.strip())
        return tuple(parts)


def cell_text(value: object) -> str:
    """A JSON or Arrow value as the text that a TSV cell would hold: lists as JSON, null as an empty cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _record(text: bytes, number: int) -> dict[str, Any] | Problem:
    try:
        record = json.loads(text)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        return Problem(number, "", "", f"expected one JSON object in UTF-8, got text that is not ({error})")
    if isinstance(record, dict):
        return record
    return Problem(number, "", "", f"expected a JSON object, got {type(record).__name__}")


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
