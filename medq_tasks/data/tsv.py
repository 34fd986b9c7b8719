"""TSV files in one pass: texts are kept, images only as their place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from medq_tasks.data.base64_image import decode_base64
from medq_tasks.data.literal import string_spans
from medq_tasks.data.problem import Problem
from medq_tasks.data.stamp import Stamp
from medq_tasks.data.table import SHARED_INDEX_CHARACTERS_MAX, ImagePart, Row
from medq_tasks.data.tsv_lines import RawRow, UnclosedQuoteError, raw_rows
from medq_tasks.errors import DataError

READ_BYTES = 1 << 20  # chunks are read, not mapped: mapped pages would count as resident memory
_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class CellImage:
    """An image that lies as base64 in a cell of a TSV file, `length` bytes from `offset`."""

    stamp: Stamp
    offset: int
    length: int
    row: int
    column: str

    @property
    def name(self) -> str:
        return f"{self.stamp.path}, row {self.row}, column {self.column!r}"

    def read(self) -> bytes:
        """The decoded bytes. Raises `ImageError` when the text is no base64 or the file has changed or gone."""
        return decode_base64(self.stamp.read(self.offset, self.length, self.name), self.name)


class TsvTable:
    """A UTF-8 TSV file with a header line, quoted as pandas and `csv` write it (CRLF and a BOM are accepted)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp = Stamp.of(path)
        with path.open("rb") as file:
            start = file.read(3)
        if start[:2] in _UTF16_BOMS:
            raise DataError(f"{path}: expected UTF-8, got UTF-16; save the file as UTF-8")
        self._bom = len(_UTF8_BOM) if start == _UTF8_BOM else 0
        self.columns = self._header()

    def rows(self, image_columns: frozenset[int]) -> Iterator[Row | Problem]:
        """Each row after the header; empty lines are passed over, as pandas does."""
        texts = tuple(place for place in range(len(self.columns)) if place not in image_columns)
        try:
            for raw in self._raw():
                if len(raw.starts) != len(self.columns):
                    expected = f"expected {len(self.columns)} cells as in the header, got {len(raw.starts)}"
                    yield Problem(raw.number, "", "", f"{expected}; look for a missing or an extra tab")
                    continue
                try:
                    cells = [""] * len(self.columns)
                    for place in texts:
                        cells[place] = raw.text(place)
                    images = {place: self._images(raw, place) for place in image_columns}
                except UnicodeDecodeError as error:
                    yield Problem(raw.number, "", "", f"expected UTF-8, got {error.object[error.start :][:4]!r}")
                except ValueError as error:
                    column = ", ".join(self.columns[place] for place in image_columns)
                    yield Problem(raw.number, "", column, f"expected base64 or a list of it; {error}")
                else:
                    yield Row(raw.number, cells, images)
        except UnclosedQuoteError as error:
            yield Problem(error.row, "", "", str(error))

    def _raw(self) -> Iterator[RawRow]:
        with self.path.open("rb", buffering=READ_BYTES) as file:
            file.seek(self._bom)
            rows = raw_rows(file, self._bom)
            next(rows, None)
            yield from rows

    def _header(self) -> tuple[str, ...]:
        with self.path.open("rb") as file:
            file.seek(self._bom)
            try:
                raw = next(raw_rows(file, self._bom), None)
                header = tuple(raw.text(place).strip() for place in range(len(raw.starts))) if raw else ()
            except (UnicodeDecodeError, UnclosedQuoteError) as error:
                raise DataError(f"{self.path}, row 1: expected column names in UTF-8 ({error})") from error
        if not any(header):
            raise DataError(f"{self.path}: the file is empty; expected a header line and one line an item")
        return header

    def _images(self, raw: RawRow, place: int) -> tuple[ImagePart, ...]:
        start, length = raw.starts[place], raw.ends[place] - raw.starts[place]
        if place in raw.patched:
            raise ValueError("the cell goes on after its closing quote")
        listed = raw.line[start : start + SHARED_INDEX_CHARACTERS_MAX].lstrip().startswith(b"[")
        if not listed and length > SHARED_INDEX_CHARACTERS_MAX:
            return (self._image(raw.number, raw.offset + start, length, place),)
        if not listed:
            text = raw.text(place).strip()
            return (text,) if text else ()
        cell, double = raw.cell(place), b'""' if place in raw.quoted else b'"'
        return tuple(
            self._image(raw.number, raw.offset + start + first, last - first, place)
            if last - first > SHARED_INDEX_CHARACTERS_MAX
            else cell[first:last].decode().strip()
            for first, last in string_spans(cell, double=double)
        )

    def _image(self, row: int, offset: int, length: int, place: int) -> CellImage:
        return CellImage(self._stamp, offset, length, row, self.columns[place])
