"""TSV lines to cells, as places in the line; quoting as pandas and `csv` read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

QUOTED_ROW_BYTES_MAX = 128 << 20


@dataclass(slots=True)
class RawRow:
    """One row as it stands in the file, from line `number` and byte `offset`; nothing of it is copied.

    Cell i is `line[starts[i]:ends[i]]`, enclosing quotes left out. `quoted` are the cells that were in quotes, whose
    doubled quotes still stand doubled; `patched` are texts that are not one piece of the line.
    """

    number: int
    offset: int
    line: bytes | bytearray
    starts: list[int]
    ends: list[int]
    quoted: frozenset[int] = frozenset()
    patched: Mapping[int, bytes] = field(default_factory=dict)

    def cell(self, place: int) -> bytes:
        """A cell as it stands in the file."""
        return self.patched.get(place) or bytes(self.line[self.starts[place] : self.ends[place]])

    def text(self, place: int) -> str:
        """A cell decoded. Raises UnicodeDecodeError where it is not UTF-8."""
        if not self.quoted and not self.patched:
            return self.line[self.starts[place] : self.ends[place]].decode()
        cell = self.cell(place)
        return (cell.replace(b'""', b'"') if place in self.quoted else cell).decode()


class UnclosedQuoteError(Exception):
    """A quote that opens a cell is never closed; `row` is the line on which the row starts."""

    def __init__(self, row: int, column: int, reason: str) -> None:
        super().__init__(f"expected the quote that opens cell {column} to be closed, {reason}; close or double it")
        self.row = row


def raw_rows(file: BinaryIO, offset: int) -> Iterator[RawRow]:
    """The rows from the file's present position, which is byte `offset`; empty lines are passed over.

    A row is held in memory, never the file. Raises `UnclosedQuoteError`.
    """
    number, readline = 1, file.readline
    while line := readline():
        lines, length = 1, len(line)
        if b'"' in line:
            row, lines = _split_quoted(line, readline, number, offset)
            length = len(row.line)
            yield row
        elif line not in (b"\n", b"\r\n"):
            yield _split(line, number, offset)
        number, offset = number + lines, offset + length


def _split(line: bytes, number: int, offset: int) -> RawRow:
    """`find` runs over a long cell at memory speed; `bytes.split` goes byte by byte, and copies."""
    starts, ends = [0], list[int]()
    at = line.find(b"\t")
    while at >= 0:
        ends.append(at)
        starts.append(at + 1)
        at = line.find(b"\t", at + 1)
    ends.append(_line_end(line))
    return RawRow(number, offset, line, starts, ends)


def _split_quoted(line: bytes, readline: Callable[[], bytes], number: int, offset: int) -> tuple[RawRow, int]:
    """A row in which a quote stands, and the number of lines that it takes."""
    row = RawRow(number, offset, bytearray(line), [], [], frozenset(), patched := dict[int, bytes]())
    quoted = set[int]()
    at, lines = 0, 1
    while at <= len(row.line):
        start, close = at, -1
        if row.line[at : at + 1] == b'"':
            start = at + 1
            close, more = _close(row, start, readline)
            lines += more
        end = row.line.find(b"\t", close + 1 if close >= 0 else at)
        at = len(row.line) + 1 if end < 0 else end + 1
        end = max(_line_end(row.line), start) if end < 0 else end
        if close >= 0:
            quoted.add(len(row.starts))
            if rest := bytes(row.line[close + 1 : end]):  # `"ab"cd` reads abcd, as in csv and pandas
                quoted.discard(len(row.starts))
                patched[len(row.starts)] = bytes(row.line[start:close]).replace(b'""', b'"') + rest
            end = close
        row.starts.append(start)
        row.ends.append(end)
    row.quoted = frozenset(quoted)
    return row, lines


def _close(row: RawRow, at: int, readline: Callable[[], bytes]) -> tuple[int, int]:
    """The place of the quote that closes a cell, reading further lines into the row, and how many were read."""
    line, lines, column = row.line, 0, len(row.starts) + 1
    assert isinstance(line, bytearray)
    while True:
        close = line.find(b'"', at)
        if close >= 0 and line[close + 1 : close + 2] != b'"':
            return close, lines
        if close >= 0:
            at = close + 2
            continue
        at, more = len(line), readline()
        if not more:
            raise UnclosedQuoteError(row.number, column, "got the end of the file")
        if len(line) + len(more) > QUOTED_ROW_BYTES_MAX:
            raise UnclosedQuoteError(row.number, column, f"got more than {QUOTED_ROW_BYTES_MAX >> 20} MiB without one")
        line += more
        lines += 1


def _line_end(line: bytes | bytearray) -> int:
    """Where the last cell ends: before a line feed, and a carriage return before that."""
    end = len(line)
    if line.endswith(b"\n"):
        end -= 1
    return end - 1 if end and line[end - 1 : end] == b"\r" else end
