"""When to try again."""

from __future__ import annotations

import random

import pytest

from medq.calling.call import Fault
from medq.calling.retry import RetryPolicy

POLICY = RetryPolicy(backoff_s=0.5, backoff_max_s=30.0, retry_after_max_s=60.0)
FAULT = Fault(kind="server", message="")


@pytest.mark.parametrize(("attempt", "most_s"), [(1, 0.5), (2, 1.0), (3, 2.0), (7, 30.0), (50, 30.0)])
def test_waits_double_up_to_a_bound_with_jitter(attempt: int, most_s: float) -> None:
    waits = [POLICY.wait_s(FAULT, attempt=attempt, rng=random.Random(seed)) for seed in range(200)]
    assert min(waits) >= most_s / 2
    assert max(waits) <= most_s
    assert len(set(waits)) > 100


def test_the_same_seed_waits_as_long() -> None:
    waits = {POLICY.wait_s(FAULT, attempt=3, rng=random.Random(7)) for _ in range(3)}
    assert len(waits) == 1


@pytest.mark.parametrize(("asked_s", "least_s", "most_s"), [(3.0, 3.0, 3.05), (500.0, 60.0, 60.05), (0.0, 0.0, 0.05)])
def test_retry_after_is_followed_up_to_a_bound(asked_s: float, least_s: float, most_s: float) -> None:
    fault = Fault(kind="rate_limit", message="", retry_after_s=asked_s)
    assert least_s <= POLICY.wait_s(fault, attempt=1, rng=random.Random(1)) <= most_s
