"""Lists of strings written as Python or JSON literals, found without evaluating or copying them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_SPACE = b" \t\r\n"
ESCAPED_CHARACTERS_MAX = 1_000_000


def string_spans(cell: bytes, *, double: bytes = b'"') -> list[tuple[int, int]]:
    """Start and end of each string of a one-level list literal such as `['iVBO…', "R0lG…"]`, quotes left out.

    Bytes are searched, never copied, so a cell of many MB costs a few scans. `double` is what stands for a double
    quote: `""` inside a quoted TSV cell. Raises ValueError for anything else than a flat list of plain strings:
    other types, nested lists, escapes, a list that is not closed.

    >>> string_spans(b"['ab', 'c']")
    [(2, 4), (8, 9)]
    """
    at, end = _outer(cell)
    spans: list[tuple[int, int]] = []
    while at < end:
        quote = next((mark for mark in (double, b"'") if cell.startswith(mark, at)), None)
        if quote is None:
            raise ValueError(f"expected a string in quotes at character {at}")
        start = at + len(quote)
        stop = cell.find(quote, start, end)
        if stop < 0:
            raise ValueError(f"the string that starts at character {at} is not closed")
        if cell.find(b"\\", start, stop) >= 0:
            raise ValueError(f"the string that starts at character {at} holds a backslash")
        spans.append((start, stop))
        at = _after_comma(cell, stop + len(quote), end)
    return spans


def strings(text: str) -> tuple[str, ...]:
    """The strings of a list literal of short texts (paths, options); escapes are read as Python reads them.

    >>> strings("['a.png', \\"b's.png\\"]")
    ('a.png', "b's.png")

    Raises ValueError as `string_spans` does.
    """
    if "\\" not in text:
        cell = text.encode()
        return tuple(cell[start:stop].decode() for start, stop in string_spans(cell))
    if len(text) > ESCAPED_CHARACTERS_MAX:
        raise ValueError(f"a list with escapes of more than {ESCAPED_CHARACTERS_MAX} characters")
    try:
        value = ast.literal_eval(text.strip())
    except (SyntaxError, MemoryError, RecursionError) as error:
        raise ValueError(f"not a list literal ({type(error).__name__})") from error
    if not isinstance(value, list):
        raise ValueError(f"expected a list, got {type(value).__name__}")  # noqa: TRY004 - one error type
    return tuple(_only_strings(value))


def _outer(cell: bytes) -> tuple[int, int]:
    start, end = _skip(cell, 0, len(cell)), len(cell)
    while end > start and cell[end - 1] in _SPACE:
        end -= 1
    if end - start < 2 or cell[start : start + 1] != b"[" or cell[end - 1 : end] != b"]":
        raise ValueError("expected a list in square brackets")
    return _skip(cell, start + 1, end - 1), end - 1


def _skip(cell: bytes, at: int, end: int) -> int:
    while at < end and cell[at] in _SPACE:
        at += 1
    return at


def _after_comma(cell: bytes, at: int, end: int) -> int:
    at = _skip(cell, at, end)
    if at < end:
        if cell[at : at + 1] != b",":
            raise ValueError(f"expected a comma at character {at}")
        at = _skip(cell, at + 1, end)
    return at


def _only_strings(value: list[object]) -> Iterator[str]:
    for entry in value:
        if not isinstance(entry, str):
            raise ValueError(f"expected strings only, got {type(entry).__name__}")  # noqa: TRY004 - one error type
        yield entry
