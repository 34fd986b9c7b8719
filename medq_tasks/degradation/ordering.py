"""The order in which MedQ-Deg items are asked."""

from __future__ import annotations

from collections.abc import Iterable

from medq_tasks.item import Item


def by_source_item(items: Iterable[Item]) -> list[Item]:
    """Every clean item followed by its degraded copies, so that the first n items of a run hold whole comparisons.

    Source items keep the order in which they are first met, and so do the copies of one.
    """
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.source_item or item.id, []).append(item)
    return [item for group in groups.values() for item in group]
