"""What is wrong with one row: where it stands, what was expected there, what to do."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """A bad row. `row` is the line that an editor shows (1 is the header), `index` the row's own id, "" if unknown."""

    row: int
    index: str
    column: str
    reason: str

    def __str__(self) -> str:
        index = f" (index {self.index!r})" if self.index else ""
        column = f", column {self.column!r}" if self.column else ""
        return f"row {self.row}{index}{column}: {self.reason}"


class CellError(Exception):
    """A cell cannot be used; caught where the row is known, and turned into a `Problem`."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def shown(value: object) -> str:
    """A value as it is quoted in a message: one line, cut to a length that can be read.

    >>> shown("a" * 100)
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…' (100 characters)"
    """
    text = str(value)
    if len(text) <= SHOWN_CHARACTERS:
        return repr(text)
    return f"{text[:SHOWN_CHARACTERS] + '…'!r} ({len(text)} characters)"
