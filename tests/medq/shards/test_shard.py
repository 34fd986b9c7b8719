"""Who asks what."""

from __future__ import annotations

from collections import Counter

import pytest

from medq.shards import Shard, shard_of


def test_every_item_is_in_exactly_one_shard() -> None:
    shards = [Shard(index, 7) for index in range(7)]
    assert all(sum(shard.has("perception", f"q{n}") for shard in shards) == 1 for n in range(500))


def test_the_shard_of_an_item_is_the_same_for_ever() -> None:
    assert [shard_of("degradation", f"{n}", 8) for n in range(12)] == [0, 7, 7, 7, 3, 0, 7, 4, 4, 2, 3, 0]


def test_shards_are_of_about_the_same_size() -> None:
    sizes = Counter(shard_of("perception", f"q{n}", 8) for n in range(8000))
    assert set(sizes) == set(range(8))
    assert all(850 < size < 1150 for size in sizes.values())


def test_tasks_are_shared_out_apart() -> None:
    assert any(shard_of("reasoning", f"{n}", 8) != shard_of("comparison", f"{n}", 8) for n in range(20))


@pytest.mark.parametrize(("index", "count"), [(2, 2), (-1, 2), (0, 0)])
def test_a_shard_outside_its_count_is_refused(index: int, count: int) -> None:
    with pytest.raises(ValueError, match="expected an index"):
        Shard(index, count)
