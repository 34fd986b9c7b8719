"""The adaptive limit on concurrency."""

from __future__ import annotations

import asyncio

import pytest

from medq.calling.limiter import CUT_PAUSE_S, AdaptiveLimiter


def test_it_starts_low_and_ramps_to_the_ceiling_without_waiting_for_answers() -> None:
    async def hold_all() -> AdaptiveLimiter:
        limiter = AdaptiveLimiter(64, ramp_s=0.005)
        holders = [asyncio.create_task(limiter.acquire()) for _ in range(100)]
        await asyncio.sleep(0)
        assert limiter.in_flight == 8
        await asyncio.sleep(0.1)
        assert limiter.in_flight == 64
        for holder in holders:
            holder.cancel()
        return limiter

    limiter = asyncio.run(hold_all())
    assert [(change.limit, change.why) for change in limiter.history] == [
        (8, "start"),
        (16, "ramp"),
        (32, "ramp"),
        (64, "ramp"),
    ]


@pytest.mark.parametrize("ceiling", [1, 3, 8])
def test_a_small_ceiling_is_never_passed(ceiling: int) -> None:
    async def work() -> int:
        limiter = AdaptiveLimiter(ceiling, ramp_s=0.001)
        most = 0

        async def one() -> None:
            nonlocal most
            started = await limiter.acquire()
            most = max(most, limiter.in_flight)
            await asyncio.sleep(0.001)
            limiter.release(started, succeeded=True)

        await asyncio.gather(*(one() for _ in range(30)))
        assert limiter.in_flight == 0
        return most

    assert asyncio.run(work()) == ceiling


def test_a_rate_limit_halves_once_for_calls_that_were_under_way_together() -> None:
    async def refused() -> list[int]:
        limiter = AdaptiveLimiter(32, start=32)
        starts = [await limiter.acquire() for _ in range(32)]
        for started in starts:
            limiter.release(started, rate_limited=True)
        return [change.limit for change in limiter.history]

    assert asyncio.run(refused()) == [32, 16]


def test_a_later_rate_limit_cuts_again_and_never_below_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medq.calling.limiter.CUT_PAUSE_S", 0.0)

    async def refused() -> int:
        limiter = AdaptiveLimiter(8)
        for _ in range(6):
            started = await limiter.acquire()
            await asyncio.sleep(0.001)
            limiter.release(started, rate_limited=True)
        return limiter.limit

    assert CUT_PAUSE_S > 0
    assert asyncio.run(refused()) == 1


def test_failures_that_are_no_rate_limits_do_not_cut() -> None:
    async def failed() -> int:
        limiter = AdaptiveLimiter(8)
        for _ in range(20):
            limiter.release(await limiter.acquire())
        return limiter.limit

    assert asyncio.run(failed()) == 8


def test_successes_after_a_cut_win_slots_back_up_to_the_ceiling() -> None:
    async def recover() -> list[int]:
        limiter = AdaptiveLimiter(8)
        limiter.release(await limiter.acquire(), rate_limited=True)
        for _ in range(100):
            limiter.release(await limiter.acquire(), succeeded=True)
        return [change.limit for change in limiter.history]

    assert asyncio.run(recover()) == [8, 4, 5, 6, 7, 8]


def test_a_cancelled_wait_takes_no_slot() -> None:
    async def cancel() -> None:
        limiter = AdaptiveLimiter(1)
        started = await limiter.acquire()
        waiting = [asyncio.create_task(limiter.acquire()) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        limiter.release(started, succeeded=True)
        # The slot went to the second in the same step in which that one is cancelled too.
        waiting[1].cancel()
        await asyncio.wait_for(waiting[2], timeout=1)
        assert limiter.in_flight == 1

    asyncio.run(cancel())


def test_no_slots_at_all_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        AdaptiveLimiter(0)
