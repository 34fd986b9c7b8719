"""Which process asks which items: decided by a hash of the item, so that every process knows it without being told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Shard:
    """Part `index`, from 0, of `count` parts that together are the run."""

    index: int
    count: int

    def __post_init__(self) -> None:
        if not 0 <= self.index < self.count:
            raise ValueError(f"expected an index in [0, {self.count}), got {self.index}")

    @property
    def name(self) -> str:
        """As its files are called: "0-of-8"."""
        return f"{self.index}-of-{self.count}"

    def has(self, task: str, item_id: str) -> bool:
        """Whether the item is asked here, with all its votes and in both orders of its images."""
        return shard_of(task, item_id, self.count) == self.index


def shard_of(task: str, item_id: str, count: int) -> int:
    """The index of the shard that asks an item; the same on every machine and for ever.

    >>> [shard_of("perception", item, 7) for item in ("1", "2", "3")]
    [5, 2, 6]
    >>> shard_of("perception", "1", 1)
    0
    """
    digest = hashlib.sha256(f"{task}\0{item_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % count
