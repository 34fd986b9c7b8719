"""One call: attempts, waits, deadline, truncation, price."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from medq.calling import Call, Caller, Price, Reply, RetryPolicy, Server, transport_for
from medq.calling.call import Fault, Message
from medq.errors import ModelUnusable
from medq.faultserver import serve
from medq.models.interface import Failure

pytestmark = pytest.mark.usefixtures("planted_key")

Run = Callable[[Coroutine[Any, Any, Any]], Any]


def caller(url: str, policy: RetryPolicy, *, concurrency: int = 8, price: Price | None = None) -> Caller:
    transport = transport_for(Server("openai/test", api_base=url))
    return Caller(transport, model_id="openai/test", policy=policy, concurrency=concurrency, price=price)


def numbered(number: int, **params: Any) -> Call:
    return Call((Message("user", (f"Question {number}\nA. x\nB. y",)),), params=params, seed=number)


async def ask(door: Caller, calls: list[Call]) -> list[Reply | Failure]:
    try:
        return list(await asyncio.gather(*(door.call(call) for call in calls)))
    finally:
        await door.close()


def test_transient_faults_change_nothing_but_the_attempts(run: Run, quick: RetryPolicy) -> None:
    calls = [numbered(number, max_tokens=8) for number in range(60)]
    with serve() as server:
        sound = run(ask(caller(server.url, quick), calls))
    with serve("transient=0.3", seed=4, retry_after_s=0.01) as server:
        faulty_door = caller(server.url, quick)
        faulty = run(ask(faulty_door, calls))
        assert server.stats()["calls"] == sum(reply.attempts for reply in faulty) > 60
    assert [reply.text for reply in faulty] == [reply.text for reply in sound]
    assert faulty_door.report()["attempts"] == server.stats()["calls"]


def test_a_server_that_fails_for_good_gives_failures_with_all_attempts_counted(run: Run, quick: RetryPolicy) -> None:
    with serve("500=1") as server:
        (failure,) = run(ask(caller(server.url, replace(quick, retries=3)), [numbered(1)]))
        assert server.stats()["calls"] == 4
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.status, failure.attempts, failure.permanent) == ("server", 500, 4, False)


@pytest.mark.parametrize("fault", ["400", "401", "404", "413", "quota429", "context_length"])
def test_what_would_fail_again_is_not_repeated(run: Run, quick: RetryPolicy, fault: str) -> None:
    with serve(f"{fault}=1") as server:
        (failure,) = run(ask(caller(server.url, quick), [numbered(1)]))
        assert server.stats()["calls"] == 1
    assert failure.permanent


def test_a_wrong_key_stops_a_run_after_a_handful_of_calls(run: Run, quick: RetryPolicy) -> None:
    with serve("401=1") as server:
        with pytest.raises(ModelUnusable, match="check the API key"):
            run(ask(caller(server.url, quick, concurrency=4), [numbered(number) for number in range(1305)]))
        assert 5 <= server.stats()["calls"] <= 5 + 4


def test_once_the_breaker_has_tripped_no_waiting_call_is_made(run: Run, quick: RetryPolicy) -> None:
    async def all_of_them(door: Caller) -> list[Any]:
        calls = (door.call(numbered(number)) for number in range(200))
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
        await door.close()
        return outcomes

    with serve("401=1") as server:
        outcomes = run(all_of_them(caller(server.url, quick, concurrency=4)))
        assert server.stats()["calls"] <= 5 + 4
    assert sum(isinstance(outcome, Failure) for outcome in outcomes) == 4
    assert sum(isinstance(outcome, ModelUnusable) for outcome in outcomes) == 196


def test_retry_after_is_waited_for_without_holding_the_slot(run: Run, quick: RetryPolicy) -> None:
    async def both(door: Caller) -> tuple[float, float]:
        ended: dict[int, float] = {}

        async def one(number: int) -> None:
            await door.call(numbered(number))
            ended[number] = time.monotonic() - began

        began = time.monotonic()
        await asyncio.gather(*(one(number) for number in range(6)))
        await door.close()
        return min(ended.values()), max(ended.values())

    with serve("rate429_after=0.4", seed=2, retry_after_s=0.5) as server:
        first, last = run(both(caller(server.url, quick, concurrency=1)))
        refused = server.stats()["by_fault"]["rate429_after"]
    assert refused >= 1
    assert first < 0.5 <= last


def test_the_deadline_ends_a_call_before_a_wait_that_would_pass_it(run: Run, quick: RetryPolicy) -> None:
    policy = replace(quick, deadline_s=5.0, timeout_s=5.0)
    with serve("rate429_after=1", retry_after_s=30) as server:
        began = time.monotonic()
        (failure,) = run(ask(caller(server.url, policy), [numbered(1)]))
    assert time.monotonic() - began < 4
    assert (failure.kind, failure.attempts) == ("rate_limit", 1)


@pytest.mark.parametrize("fault", ["hang", "drip"])
def test_an_attempt_that_never_ends_is_cut_off(run: Run, quick: RetryPolicy, fault: str) -> None:
    policy = replace(quick, timeout_s=0.2, retries=1)
    with serve(f"{fault}=1", drip_s=2) as server:  # a piece every 0.1 s: no single read takes too long
        (failure,) = run(ask(caller(server.url, policy), [numbered(1)]))
    assert (failure.kind, failure.attempts) == ("timeout", 2)
    assert failure.latency_s is not None
    assert 0.4 <= failure.latency_s < 2


def test_a_truncated_empty_answer_is_asked_for_once_more_with_a_larger_limit(run: Run, quick: RetryPolicy) -> None:
    with serve("length_empty=1") as server:
        (reply,) = run(ask(caller(server.url, quick), [numbered(1, max_tokens=10)]))
        assert server.stats()["calls"] == 2
        assert server.server.last_body["max_tokens"] == 40
    assert (reply.finish_reason, reply.text, reply.attempts) == ("length", "", 2)
    assert reply.notes["retry_truncated"] == {"max_tokens": [10, 40]}


def test_a_truncated_answer_that_can_be_read_is_kept(run: Run, quick: RetryPolicy) -> None:
    with serve("length=1") as server:
        (reply,) = run(ask(caller(server.url, quick), [numbered(1, max_tokens=10)]))
        assert server.stats()["calls"] == 1
    assert reply.finish_reason == "length"
    assert "retry_truncated" not in reply.notes


def test_the_retry_of_truncated_answers_can_be_turned_off(run: Run, quick: RetryPolicy) -> None:
    with serve("length_empty=1") as server:
        run(ask(caller(server.url, replace(quick, retry_truncated=0)), [numbered(1, max_tokens=10)]))
        assert server.stats()["calls"] == 1


def test_every_billed_attempt_is_paid_for(run: Run, quick: RetryPolicy) -> None:
    price = Price(input=1.0, output=2.0)
    with serve("length_empty=1") as server:
        (reply,) = run(ask(caller(server.url, quick, price=price), [numbered(1, max_tokens=10)]))
    assert reply.tokens_in == 6
    assert reply.cost_usd == pytest.approx(2 * 6e-6)


def test_without_usage_the_cost_is_unknown_and_not_zero(run: Run, quick: RetryPolicy) -> None:
    with serve("no_usage=1") as server:
        (reply,) = run(ask(caller(server.url, quick, price=Price(input=1.0, output=2.0)), [numbered(1)]))
    assert (reply.tokens_in, reply.cost_usd) == (None, None)


def test_a_billed_attempt_does_not_make_the_cost_of_an_uncounted_answer_known(run: Run, quick: RetryPolicy) -> None:
    class Scripted:
        name = "scripted"
        replies: ClassVar[list[Reply]] = [
            Reply(text="", finish_reason="length", tokens_in=5, tokens_out=5),
            Reply(text="A", finish_reason="stop"),
        ]

        async def open(self) -> None: ...

        async def send(self, call: Call, *, timeout_s: float) -> Reply | Fault:
            return self.replies.pop(0)

        async def close(self) -> None: ...

    door = Caller(Scripted(), model_id="m", policy=quick, concurrency=1, price=Price(input=1.0, output=2.0))
    (reply,) = run(ask(door, [numbered(1, max_tokens=5)]))
    assert (reply.text, reply.attempts, reply.cost_usd) == ("A", 2, None)


def test_concurrency_is_never_passed_on_the_wire(run: Run, quick: RetryPolicy) -> None:
    with serve(latency_s=0.02) as server:
        run(ask(caller(server.url, quick, concurrency=12), [numbered(number) for number in range(60)]))
        assert 9 <= server.stats()["max_in_flight"] <= 12


def test_an_unreachable_server_stops_the_run(run: Run, quick: RetryPolicy) -> None:
    door = caller("http://127.0.0.1:9/v1", replace(quick, retries=1))
    with pytest.raises(ModelUnusable, match=r"model\.api_base"):
        run(ask(door, [numbered(number) for number in range(20)]))


def test_the_report_says_what_happened(run: Run, quick: RetryPolicy) -> None:
    with serve("500=0.5,wrong_model=0.2", seed=1) as server:
        door = caller(server.url, quick)
        run(ask(door, [numbered(number) for number in range(30)]))
    report = door.report()
    assert report["transport"] == "openai"
    assert report["calls"] == 30
    assert report["faults"] == {"server 500": report["attempts"] - 30}
    assert report["returned_models"]["another-model-2020-01-01"] > 0
    assert report["concurrency"][0]["why"] == "start"


def test_a_cancelled_call_gives_its_slot_back(run: Run, quick: RetryPolicy) -> None:
    async def cancel(door: Caller) -> Any:
        lost = asyncio.create_task(door.call(numbered(1)))
        await asyncio.sleep(0.3)
        lost.cancel()
        await asyncio.gather(lost, return_exceptions=True)
        in_flight = door.limiter.in_flight
        await door.close()
        return in_flight

    with serve("hang=1") as server:
        assert run(cancel(caller(server.url, quick, concurrency=1))) == 0
