"""What every provider's batches share: names of requests, and what fits into one batch."""

from __future__ import annotations

import re

from medq.calling.batch_protocol import BatchLimits, custom_id, packed


def test_a_name_is_fixed_by_content_and_seed_and_fits_both_providers() -> None:
    names = [
        custom_id(b"one", seed=1),
        custom_id(b"one", seed=2),
        custom_id(b"two", seed=1),
        custom_id(b"", seed=-(2**62)),
    ]
    assert len(set(names)) == 4
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in names)
    assert custom_id(b"one", seed=1) == names[0]


def test_batches_keep_to_both_limits_and_lose_no_line() -> None:
    lines = {str(number): b"x" * (1 + number % 4) for number in range(50)}
    batches = packed(lines, BatchLimits(requests=6, size_bytes=12))
    assert all(len(batch) <= 6 and sum(map(len, batch.values())) <= 12 for batch in batches)
    assert [name for batch in batches for name in batch] == list(lines)


def test_a_line_above_the_limit_goes_alone() -> None:
    batches = packed({"a": b"1", "b": b"x" * 99, "c": b"2"}, BatchLimits(requests=6, size_bytes=12))
    assert [list(batch) for batch in batches] == [["a"], ["b"], ["c"]]


def test_nothing_needs_no_batch() -> None:
    assert packed({}, BatchLimits(requests=6, size_bytes=12)) == []
