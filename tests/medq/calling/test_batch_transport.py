"""The batch lane, against a server that speaks OpenAI's files and batches and Anthropic's message batches."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection
from typing import Any

import pytest

from medq.calling import Call, Caller, Reply, RetryPolicy, Server
from medq.calling.anthropic_batches import AnthropicBatches
from medq.calling.batch_protocol import BatchLimits, LaneError, SentBatch
from medq.calling.batch_transport import BatchTransport, batch_protocol_for
from medq.calling.call import Fault, ImagePart, Message
from medq.calling.openai_batches import OpenAIBatches
from medq.faultserver import RunningServer, serve
from medq.faultserver.plan import FaultPlan
from medq.models.interface import Failure

pytestmark = pytest.mark.usefixtures("planted_key")
LANES = pytest.mark.parametrize("model_id", ["openai/test", "anthropic/test"])

PATIENT = RetryPolicy(timeout_s=30, deadline_s=60, retries=8, backoff_s=0.01)


def numbered(number: int, *, seed: int | None = None, **params: Any) -> Call:
    parts = (ImagePart(b"\x89PNG" + bytes([number]), "image/png"), f"Question {number}\nA. x\nB. y")
    return Call((Message("user", parts),), params=params, seed=number if seed is None else seed)


def ask(
    model_id: str, server: RunningServer | str, calls: list[Call], *, policy: RetryPolicy = PATIENT
) -> list[Reply | Failure]:
    async def run() -> list[Reply | Failure]:
        transport = BatchTransport(Server(model_id, api_base=base_for(model_id, server)), quiet_s=0.3)
        door = Caller(transport, model_id=model_id, policy=policy, concurrency=100)
        try:
            return list(await asyncio.gather(*(door.call(call) for call in calls)))
        finally:
            await door.close()

    return asyncio.run(run())


def base_for(model_id: str, server: RunningServer | str) -> str:
    if isinstance(server, str):
        return server
    return server.root if model_id.startswith("anthropic/") else server.url


def batches(server: RunningServer) -> list[str]:
    return server.server.desk.batches() + server.server.message_desk.batches()


def texts(outcomes: list[Reply | Failure]) -> list[str]:
    assert all(isinstance(outcome, Reply) for outcome in outcomes), outcomes
    return [outcome.text for outcome in outcomes if isinstance(outcome, Reply)]


@LANES
def test_a_batch_gives_the_answers_of_single_calls_with_its_id(model_id: str) -> None:
    calls = [numbered(number) for number in range(12)]
    with serve() as server:
        outcomes = ask(model_id, server, calls)
        assert server.stats()["calls"] == 12
        assert server.stats()["max_in_flight"] == 0
        assert {outcome.notes["batch"] for outcome in outcomes if isinstance(outcome, Reply)} == set(batches(server))
        assert len(batches(server)) == 1
    assert set(texts(outcomes)) == {"A", "B"}


def test_the_images_are_deleted_at_the_provider_once_the_batch_has_ended() -> None:
    with serve() as server:
        ask("openai/test", server, [numbered(1)])
        assert server.stats()["calls"] == 1
        assert not server.server.desk.holds(b"data:image/png;base64")


@LANES
def test_lines_that_fail_go_into_the_next_batch(model_id: str) -> None:
    calls = [numbered(number) for number in range(12)]
    with serve() as server:
        sound = texts(ask(model_id, server, calls))
    with serve("500=0.25,529=0.1,hang=0.1", seed=1) as server:
        faulty = ask(model_id, server, calls)
        assert server.stats()["calls"] > 12
    assert texts(faulty) == sound
    assert max(outcome.attempts for outcome in faulty) > 1


@LANES
def test_a_line_that_fails_for_good_is_a_failure(model_id: str) -> None:
    with serve("413=1") as server:
        (failure,) = ask(model_id, server, [numbered(1)])
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.status, failure.attempts) == ("request", 413, 1)


@LANES
def test_a_failure_is_asked_again_by_the_next_run(model_id: str) -> None:
    once = RetryPolicy(timeout_s=30, deadline_s=60, retries=0)
    with serve("hang=1") as server:
        (failure,) = ask(model_id, server, [numbered(1)], policy=once)
        assert isinstance(failure, Failure)
        assert failure.kind == "server"
        server.server.plan = FaultPlan()
        assert len(texts(ask(model_id, server, [numbered(1)], policy=once))) == 1
        assert len(batches(server)) == 2


@LANES
def test_votes_on_one_item_are_lines_of_their_own(model_id: str) -> None:
    with serve() as server:
        ask(model_id, server, [numbered(1, seed=seed) for seed in range(3)])
        assert list(server.stats()["by_content"].values()) == [3]


@LANES
def test_answers_of_an_earlier_run_are_found_again_and_not_bought_twice(model_id: str) -> None:
    with serve() as server:
        first = ask(model_id, server, [numbered(number) for number in range(6)])
        second = ask(model_id, server, [numbered(number) for number in range(9)])
        assert server.stats()["calls"] == 9
    assert texts(second)[:6] == texts(first)
    assert [outcome.notes.get("batch_found_again") for outcome in second if isinstance(outcome, Reply)] == (
        [True] * 6 + [None] * 3
    )


@LANES
def test_what_is_too_much_for_one_batch_goes_out_in_several(model_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for protocol in (OpenAIBatches, AnthropicBatches):
        monkeypatch.setattr(protocol, "limits", BatchLimits(requests=5, size_bytes=10**6))
    with serve(batch_s=0.5) as server:
        outcomes = ask(model_id, server, [numbered(number) for number in range(12)])
        assert len(batches(server)) == 3
        assert server.stats()["calls"] == 12
    assert len(texts(outcomes)) == 12


SCRIPT = """
import asyncio, sys
from medq.calling import Call, Caller, RetryPolicy, Server
from medq.calling.batch_transport import BatchTransport
from medq.calling.call import ImagePart, Message
async def run():
    door = Caller(BatchTransport(Server(sys.argv[1], api_base=sys.argv[2]), quiet_s=0.2), model_id=sys.argv[1],
                  policy=RetryPolicy(timeout_s=30, deadline_s=60), concurrency=100)
    calls = [Call((Message("user", (ImagePart(b"\\x89PNG" + bytes([n]), "image/png"), f"Question {n}\\nA. x\\nB. y")),),
                  seed=n) for n in range(5)]
    await asyncio.gather(*(door.call(call) for call in calls))
asyncio.run(run())
"""


@LANES
def test_a_run_that_was_killed_while_its_batch_was_at_work_collects_it(model_id: str) -> None:
    with serve(batch_s=4.0) as server:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", SCRIPT, model_id, base_for(model_id, server)]
        with subprocess.Popen(command, env=environment) as process:
            until = time.monotonic() + 60
            while not batches(server) and time.monotonic() < until:
                time.sleep(0.05)
            process.send_signal(signal.SIGKILL)
        assert len(batches(server)) == 1
        outcomes = ask(model_id, server, [numbered(number) for number in range(5)])
        assert len(batches(server)) == 1
        assert server.stats()["calls"] == 5
    assert len(texts(outcomes)) == 5


@LANES
def test_a_batch_whose_receipt_was_lost_is_found_again(model_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    protocol = type(batch_protocol_for(Server(model_id)))
    submit, lost_ones = protocol.submit, []

    async def losing(self: Any, lines: Collection[bytes]) -> SentBatch:
        sent: SentBatch = await submit(self, lines)
        if not lost_ones:
            lost_ones.append(sent.id)
            raise LaneError(Fault(kind="network", message="reset"))
        return sent

    monkeypatch.setattr(protocol, "submit", losing)
    with serve(batch_s=1.0) as server:
        outcomes = ask(model_id, server, [numbered(number) for number in range(3)])
        assert batches(server) == lost_ones
    assert len(texts(outcomes)) == 3


def test_batches_that_others_send_later_are_not_waited_for() -> None:
    async def run(server: RunningServer) -> list[Reply | Fault]:
        own, other = (BatchTransport(Server("anthropic/test", api_base=server.root), quiet_s=0.1) for _ in range(2))
        first = await own.send(numbered(1), timeout_s=10)
        server.server.message_desk.batch_s = 3600
        foreign = asyncio.create_task(other.send(numbered(2), timeout_s=10))
        while len(batches(server)) < 2:
            await asyncio.sleep(0.02)
        server.server.message_desk.batch_s = 0.1
        second = await asyncio.wait_for(own.send(numbered(3), timeout_s=10), timeout=10)
        foreign.cancel()
        await asyncio.gather(own.close(), other.close())
        return [first, second]

    with serve() as server:
        assert all(isinstance(outcome, Reply) for outcome in asyncio.run(run(server)))


@LANES
def test_a_lane_that_cannot_be_reached_is_a_failure_after_all_attempts(model_id: str) -> None:
    policy = RetryPolicy(retries=1, backoff_s=0.01)
    outcomes = ask(model_id, "http://127.0.0.1:9/v1", [numbered(1)], policy=policy)
    assert isinstance(outcomes[0], Failure)
    assert (outcomes[0].kind, outcomes[0].attempts) == ("network", 2)
