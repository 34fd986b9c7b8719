"""One computation a key, however many threads ask for it; the latest results are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Slot(Generic[T]):
    """Holds the result once it is there: none or one."""

    lock: Lock = field(default_factory=Lock)
    result: list[T] = field(default_factory=list)


class Once(Generic[T]):
    """At most `kept` results by key, the least recently asked for going first.

    Who asks while another thread computes waits for that result. Where computing fails, that thread gets the exception
    and the next to ask computes again.
    """

    def __init__(self, *, kept: int) -> None:
        self._kept = kept
        self._lock = Lock()
        self._slots: OrderedDict[str, _Slot[T]] = OrderedDict()

    def get(self, key: str, compute: Callable[[], T]) -> T:
        """The result for the key, computed here where nobody has."""
        slot = self._slot(key)
        with slot.lock:
            if not slot.result:
                slot.result.append(compute())
        return slot.result[0]

    def _slot(self, key: str) -> _Slot[T]:
        with self._lock:
            slot = self._slots.setdefault(key, _Slot())
            self._slots.move_to_end(key)
            while len(self._slots) > self._kept:
                self._slots.popitem(last=False)
        return slot
