"""A file of items as rows of texts and late images, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from medq_tasks.data.problem import Problem
from medq_tasks.errors import DataError
from medq_tasks.item import ImageSource

# A cell of an image column of at most this many characters names the row whose image is shared.
SHARED_INDEX_CHARACTERS_MAX = 64

ImagePart = str | ImageSource  # the index of another row, or an image that lies in the cell itself


@dataclass(slots=True)
class Row:
    """One row. `number` is the line of the file on which it starts (the row's place for Parquet), from 1.

    `cells` holds a text a column, "" for the columns asked for as images; those are in `images`, by column, in the
    order of the cell. An empty image cell gives an empty tuple.
    """

    number: int
    cells: list[str]
    images: Mapping[int, tuple[ImagePart, ...]]


class Table(Protocol):
    """A file of items, read once from start to end."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns in the order of the file."""

    def rows(self, image_columns: frozenset[int]) -> Iterator[Row | Problem]:
        """Each row, or the reason why it cannot be split into cells."""


def open_table(path: Path) -> Table:
    """The table in a `.tsv`, `.jsonl` or `.parquet` file.

    Raises `DataError` for a file that is not there, is empty, or is of another kind.
    """
    if not path.is_file():
        raise DataError(f"{path}: expected a TSV, JSONL or Parquet file, found none there; check data.path")
    if path.stat().st_size == 0:
        raise DataError(f"{path}: the file is empty; expected a header line and one line an item")
    match path.suffix.lower():
        case ".tsv":
            from medq_tasks.data.tsv import TsvTable

            return TsvTable(path)
        case ".jsonl":
            from medq_tasks.data.jsonl import JsonlTable

            return JsonlTable(path)
        case ".parquet":
            from medq_tasks.data.parquet import ParquetTable

            return ParquetTable(path)
        case other:
            raise DataError(f"{path}: expected a name that ends in .tsv, .jsonl or .parquet, got {other!r}; rename it")
