"""One computation a key."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from medq.models.iqa.once import Once


def test_threads_that_ask_at_the_same_time_share_one_computation() -> None:
    begun, go, computed = Event(), Event(), []

    def compute() -> int:
        begun.set()
        assert go.wait(10)
        computed.append(1)
        return 7

    once: Once[int] = Once(kept=4)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(once.get, "a", compute)
        assert begun.wait(10)
        others = [pool.submit(once.get, "a", compute) for _ in range(3)]
        assert once.get("b", lambda: 1) == 1  # another key does not wait
        go.set()
        assert [one.result() for one in (first, *others)] == [7] * 4
    assert len(computed) == 1


def test_the_least_recently_asked_for_goes_first() -> None:
    computed: list[str] = []
    once: Once[None] = Once(kept=2)
    for key in ("a", "b", "a", "c", "a", "b"):
        once.get(key, lambda key=key: computed.append(key))  # type: ignore[misc]
    assert computed == ["a", "b", "c", "b"]


def test_a_failure_is_not_kept() -> None:
    once: Once[int] = Once(kept=2)
    with pytest.raises(ValueError, match="first"):
        once.get("a", lambda: int("first"))
    assert once.get("a", lambda: 5) == 5
