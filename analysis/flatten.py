"""Nested records as a flat list of dotted paths, so that two of them can be set side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def flatten(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf of nested mappings with its dotted path; lists of mappings count by number, other lists are leaves.

    >>> list(flatten({"a": {"b": 1}, "c": [2], "d": [{"e": 3}]}))
    [('a.b', 1), ('c', [2]), ('d.0.e', 3)]
    """
    if isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        value = dict(enumerate(value))
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from flatten(inner, f"{path}.{key}" if path else str(key))
    else:
        yield path, value
