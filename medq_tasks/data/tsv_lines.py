"""TSV lines to cells, with each cell's place in the file; quoting as pandas and `csv` read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

QUOTED_ROW_BYTES_MAX = 128 << 20


@dataclass(slots=True)
class RawRow:
    """The cells of one row as they stand in the file, which starts on line `number` and at byte `offset`.

    `starts` is None where no cell is quoted: cells then follow each other with one tab between. Otherwise it holds
    the offset of each cell's text from the row's start, -1 where a cell's text is not one piece of the file.
    `quoted` are the places of cells that were in quotes; their doubled quotes still stand doubled.
    """

    number: int
    offset: int
    cells: list[bytes]
    starts: list[int] | None = None
    quoted: frozenset[int] = frozenset()

    def start(self, place: int) -> int:
        """The offset in the file of a cell's text, -1 where it is not one piece."""
        if self.starts is None:
            return self.offset + sum(map(len, self.cells[:place])) + place
        return self.starts[place] if self.starts[place] < 0 else self.offset + self.starts[place]

    def text(self, place: int) -> str:
        """A cell decoded. Raises UnicodeDecodeError where it is not UTF-8."""
        cell = self.cells[place]
        return (cell.replace(b'""', b'"') if place in self.quoted else cell).decode()


class UnclosedQuoteError(Exception):
    """A quote that opens a cell is never closed; `row` is the line on which the row starts."""

    def __init__(self, row: int, column: int, reason: str) -> None:
        super().__init__(f"expected the quote that opens cell {column} to be closed, {reason}; close or double it")
        self.row = row


def raw_rows(file: BinaryIO, offset: int) -> Iterator[RawRow]:
    """The rows from the file's present position, which is byte `offset`; empty lines are passed over.

    A line is held in memory, never the file. Raises `UnclosedQuoteError`.
    """
    number, readline = 1, file.readline
    while line := readline():
        if b'"' in line:
            row, lines, length = _split_quoted(line, readline, number, offset)
            yield row
            number, offset = number + lines, offset + length
            continue
        if line not in (b"\n", b"\r\n"):
            cells = line.split(b"\t")
            cells[-1] = cells[-1].rstrip(b"\r\n")
            yield RawRow(number, offset, cells)
        number, offset = number + 1, offset + len(line)


def _split_quoted(line: bytes, readline: Callable[[], bytes], number: int, offset: int) -> tuple[RawRow, int, int]:
    """A row in which a quote stands, the number of lines it takes, and its bytes."""
    row, cells, starts, quoted = bytearray(line), list[bytes](), list[int](), set[int]()
    at, lines = 0, 1
    while at <= len(row):
        if row[at : at + 1] == b'"':
            close, more = _close(row, at + 1, readline, number, len(cells) + 1)
            lines += more
            end = _end(row, close + 1)
            rest = bytes(row[close + 1 : end]).rstrip(b"\r\n")
            text = bytes(row[at + 1 : close])
            if rest:  # `"ab"cd` reads abcd, as in csv and pandas
                cells.append(text.replace(b'""', b'"') + rest)
                starts.append(-1)
            else:
                quoted.add(len(cells))
                cells.append(text)
                starts.append(at + 1)
        else:
            end = _end(row, at)
            cells.append(bytes(row[at:end]).rstrip(b"\r\n") if end == len(row) else bytes(row[at:end]))
            starts.append(at)
        at = end + 1
    return RawRow(number, offset, cells, starts, frozenset(quoted)), lines, len(row)


def _close(row: bytearray, at: int, readline: Callable[[], bytes], number: int, column: int) -> tuple[int, int]:
    """The place of the quote that closes a cell, reading further lines into `row`, and how many were read."""
    lines = 0
    while True:
        close = row.find(b'"', at)
        if close >= 0 and row[close + 1 : close + 2] != b'"':
            return close, lines
        if close >= 0:
            at = close + 2
            continue
        at, more = len(row), readline()
        if not more:
            raise UnclosedQuoteError(number, column, "got the end of the file")
        if len(row) + len(more) > QUOTED_ROW_BYTES_MAX:
            raise UnclosedQuoteError(number, column, f"got more than {QUOTED_ROW_BYTES_MAX >> 20} MiB without one")
        row += more
        lines += 1


def _end(row: bytearray, at: int) -> int:
    end = row.find(b"\t", at)
    return len(row) if end < 0 else end
