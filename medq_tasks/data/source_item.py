"""Ids of MedQ-Deg rows: which clean item a degraded copy was made from, and an id that no other row has."""

from __future__ import annotations

import re
from functools import cache

_LEVEL = r"(?:[_\-.:/](?:l[0-2]|mild|severe|clean|none|level_?[0-2]|[0-2]))?"


def source_of(index: str, degradation: str | None) -> str:
    """The index of the clean item: `index` without a trailing degradation, severity, or both in either order.

    A trailing number or level is taken off only beside the degradation's name, because ids end in numbers themselves.

    >>> source_of("GMAI_mm_bench_VAL_1785", "gaussian_blur")
    'GMAI_mm_bench_VAL_1785'
    >>> source_of("GMAI_mm_bench_VAL_1785_gaussian_blur_mild", "gaussian_blur")
    'GMAI_mm_bench_VAL_1785'
    """
    if not degradation:
        return index
    return _ending(degradation).sub("", index) or index


def unique_id(index: str, *, source_item: str, degradation: str | None, severity: str | None) -> str:
    """An id that a degraded copy shares with no other row.

    The clean item keeps its index; so does a copy with an index of its own. A copy that repeats the clean item's
    index gets degradation and severity added.

    >>> unique_id("q7", source_item="q7", degradation="gaussian_blur", severity="L2")
    'q7:gaussian_blur:L2'
    """
    if index != source_item or severity in {None, "L0"}:
        return index
    return ":".join(part for part in (index, degradation, severity) if part)


@cache
def _ending(degradation: str) -> re.Pattern[str]:
    name = re.escape(degradation).replace("_", r"[ _\-]")
    return re.compile(rf"{_LEVEL}[_\-.:/]{name}{_LEVEL}$", re.IGNORECASE)
