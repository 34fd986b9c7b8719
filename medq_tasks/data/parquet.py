"""Parquet files: texts in batches, images as their row group and place."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medq_tasks.data.base64_image import decode_base64
from medq_tasks.data.jsonl import cell_text
from medq_tasks.data.problem import Problem
from medq_tasks.data.stamp import Stamp
from medq_tasks.data.table import SHARED_INDEX_CHARACTERS_MAX, ImagePart, Row
from medq_tasks.errors import DataError, ImageError

BATCH_ROWS = 32


@dataclass(frozen=True, slots=True)
class ParquetImage:
    """An image in a cell of a Parquet file: its bytes, base64 of them, or the hub's struct of bytes and path."""

    table: ParquetTable
    group: int
    place_in_group: int
    row: int
    column: str
    place: int

    @property
    def name(self) -> str:
        return f"{self.table.path}, row {self.row}, column {self.column!r}"

    def read(self) -> bytes:
        """The image's bytes. Raises `ImageError` when they are no base64 or the file has changed or gone."""
        self.table.stamp.read(0, 4, self.name)
        value = _entries(self.table.cell(self.group, self.column, self.place_in_group))[self.place]
        return value if isinstance(value, bytes) else decode_base64(str(value).encode(), self.name)


class ParquetTable:
    """A Parquet file; rows count from 1.

    Reading an image reads its column of one row group, which is kept until one of another group is asked for: items
    in the order of the file cost one read a group, and memory of one group's images.
    """

    def __init__(self, path: Path) -> None:
        from pyarrow import ArrowException, parquet

        self.path = path
        self.stamp = Stamp.of(path)
        self._lock = threading.Lock()
        self._kept: tuple[tuple[int, str], Any] | None = None
        try:
            with parquet.ParquetFile(path) as file:
                self.columns = tuple(str(name) for name in file.schema_arrow.names)
                self._groups = file.num_row_groups
        except (ArrowException, OSError) as error:
            raise DataError(f"{path}: expected a Parquet file, got one that cannot be opened ({error})") from error

    def rows(self, image_columns: frozenset[int]) -> Iterator[Row | Problem]:
        """Each row; numbers become text, null an empty cell."""
        from pyarrow import ArrowException, parquet

        number = 0
        try:
            with parquet.ParquetFile(self.path) as file:
                for group in range(self._groups):
                    place = 0
                    for batch in file.iter_batches(batch_size=BATCH_ROWS, row_groups=[group]):
                        for at in range(batch.num_rows):
                            number += 1
                            yield self._row(batch, at, (group, place, number), image_columns)
                            place += 1
        except (ArrowException, OSError) as error:
            yield Problem(number + 1, "", "", f"expected a readable Parquet file from here on ({error})")

    def cell(self, group: int, column: str, place: int) -> Any:
        """One cell. Raises `ImageError` when the file cannot be read."""
        from pyarrow import ArrowException, parquet

        with self._lock:
            if self._kept is None or self._kept[0] != (group, column):
                try:
                    with parquet.ParquetFile(self.path) as file:
                        values = file.read_row_group(group, columns=[column]).column(0)
                except (ArrowException, OSError) as error:
                    raise ImageError(f"{self.path}: row group {group} cannot be read ({error})") from error
                self._kept = ((group, column), values)
            return self._kept[1][place].as_py()

    def _row(self, batch: Any, at: int, where: tuple[int, int, int], images: frozenset[int]) -> Row | Problem:
        group, place, number = where
        cells, found = [""] * len(self.columns), dict[int, tuple[ImagePart, ...]]()
        for column, name in enumerate(self.columns):
            value = batch.column(column)[at].as_py()
            if column not in images:
                cells[column] = cell_text(value)
                continue
            parts: list[ImagePart] = []
            for entry_place, entry in enumerate(_entries(value)):
                if isinstance(entry, str) and len(entry) <= SHARED_INDEX_CHARACTERS_MAX:
                    parts.append(entry.strip())
                elif isinstance(entry, str | bytes):
                    parts.append(ParquetImage(self, group, place, number, name, entry_place))
                else:
                    return Problem(number, "", name, f"expected bytes, base64 or a list, got {type(entry).__name__}")
            found[column] = tuple(parts)
        return Row(number, cells, found)


def _entries(value: Any) -> list[Any]:
    """The images of a cell; an empty cell, or a struct without bytes, holds none."""
    values = value if isinstance(value, list) else [value]
    bare = [entry.get("bytes") if isinstance(entry, dict) else entry for entry in values]
    return bare if isinstance(value, list) else [entry for entry in bare if entry not in (None, "", b"")]
