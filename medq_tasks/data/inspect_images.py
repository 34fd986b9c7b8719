"""Every image of a file opened and decoded: what is damaged, and what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from medq_tasks.data.problem import Problem
from medq_tasks.errors import ImageError
from medq_tasks.images import check_structure, open_pixels, probe
from medq_tasks.item import ImageSource, Item


@dataclass(frozen=True, slots=True)
class Inspected:
    """`problems`: images that cannot be used. `kinds`: how many images there are of each format and depth."""

    problems: list[Problem]
    kinds: dict[str, int]


def inspect_images(items: Iterable[tuple[int, Item]], *, column: str) -> Inspected:
    """Each image once, also where rows share it; it is reported on the first row that shows it.

    An image of more than 8 bits is no fault: it is counted, and needs a declared window when it is sent.
    """
    problems: list[Problem] = []
    kinds: Counter[str] = Counter()
    seen = set[ImageSource]()
    for row, item in items:
        for source in item.images:
            if source in seen:
                continue
            seen.add(source)
            try:
                kinds[_kind(source)] += 1
            except ImageError as error:
                reason = str(error).removeprefix(f"{source.name}: ")
                problems.append(Problem(row, item.id, column, reason))
    return Inspected(problems, dict(kinds.most_common()))


def _kind(source: ImageSource) -> str:
    """Format, depth and channels of an image that decodes in full. Raises `ImageError` for one that does not."""
    data = source.read()
    info = probe(data, source.name)
    check_structure(data, info, source.name)
    open_pixels(data, source.name, frame=None if info.frames == 1 else 0)
    layout = {1: "grey", 2: "grey and alpha", 3: "colour"}.get(info.channels, "colour and alpha")
    return f"{info.format}, {info.bit_depth}-bit {layout}"
