"""The circuit breaker."""

from __future__ import annotations

import pytest

from medq.calling.breaker import CircuitBreaker
from medq.calling.call import Fault
from medq.errors import ModelUnusable


def fault(kind: str, *, permanent: bool = True, status: int | None = None, unreachable: bool = False) -> Fault:
    return Fault(kind, f"{kind} said why", permanent=permanent, status=status, unreachable=unreachable)


WRONG_KEY = fault("credential", status=401)


def test_five_wrong_keys_in_a_row_stop_the_run_with_one_line() -> None:
    breaker = CircuitBreaker("openai/x")
    for _ in range(4):
        breaker.failed(WRONG_KEY)
    with pytest.raises(ModelUnusable) as caught:
        breaker.failed(WRONG_KEY)
    assert "5 calls in a row to openai/x" in str(caught.value)
    assert "said why" in str(caught.value)
    assert "\n" not in str(caught.value)
    with pytest.raises(ModelUnusable):
        breaker.check()


def test_a_success_starts_the_count_again() -> None:
    breaker = CircuitBreaker("m")
    for _ in range(4):
        breaker.failed(WRONG_KEY)
    breaker.succeeded()
    for _ in range(4):
        breaker.failed(WRONG_KEY)
    breaker.check()


def test_failures_of_different_kinds_do_not_add_up() -> None:
    breaker = CircuitBreaker("m")
    for _ in range(5):
        breaker.failed(WRONG_KEY)
        breaker.failed(fault("not_found", status=404))
    breaker.check()


@pytest.mark.parametrize("found", [fault("request", status=400), fault("network", permanent=False, unreachable=True)])
def test_wrong_requests_and_unreachable_servers_stop_a_run_only_before_any_success(found: Fault) -> None:
    before, after = CircuitBreaker("m"), CircuitBreaker("m")
    with pytest.raises(ModelUnusable):
        for _ in range(5):
            before.failed(found)
    after.succeeded()
    for _ in range(20):
        after.failed(found)


def test_a_key_that_is_revoked_later_still_stops_the_run() -> None:
    breaker = CircuitBreaker("m")
    breaker.succeeded()
    with pytest.raises(ModelUnusable):
        for _ in range(5):
            breaker.failed(WRONG_KEY)


@pytest.mark.parametrize("kind", ["server", "timeout", "rate_limit", "protocol", "network"])
def test_failures_that_may_pass_never_stop_a_run(kind: str) -> None:
    breaker = CircuitBreaker("m")
    for _ in range(50):
        breaker.failed(fault(kind, permanent=False, status=500))
