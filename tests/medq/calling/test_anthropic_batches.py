"""What comes back from Anthropic's message batches, line by line and as a whole."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from medq.calling import Call, Message, Server
from medq.calling.anthropic_batches import AnthropicBatches, read_results
from medq.calling.batch_protocol import LaneError, SentBatch
from medq.calling.call import Fault, Reply
from medq.faultserver import serve

pytestmark = pytest.mark.usefixtures("planted_key")


def outcome(result: dict[str, Any]) -> Reply | Fault:
    ((name, read),) = read_results(json.dumps({"custom_id": "a", "result": result}).encode() + b"\n")
    assert name == "a"
    return read


def error(kind: str, message: str = "no") -> dict[str, Any]:
    return {"type": "errored", "error": {"type": "error", "error": {"type": kind, "message": message}}}


@pytest.mark.parametrize(
    ("kind", "fault", "status", "permanent"),
    [
        ("invalid_request_error", "request", 400, True),
        ("authentication_error", "credential", 401, True),
        ("request_too_large", "request", 413, True),
        ("rate_limit_error", "rate_limit", 429, False),
        ("overloaded_error", "server", 529, False),
        ("api_error", "server", 500, False),
        ("an_error_of_tomorrow", "server", 500, False),
    ],
)
def test_an_error_means_what_it_means_to_a_single_call(kind: str, fault: str, status: int, permanent: bool) -> None:
    read = outcome(error(kind))
    assert isinstance(read, Fault)
    assert (read.kind, read.status, read.permanent) == (fault, status, permanent)


def test_an_expired_request_may_be_sent_again_and_a_cancelled_one_not_at_once() -> None:
    expired, cancelled = outcome({"type": "expired"}), outcome({"type": "canceled"})
    assert isinstance(expired, Fault)
    assert isinstance(cancelled, Fault)
    assert (expired.permanent, cancelled.permanent) == (False, True)
    assert "expired" in expired.message
    assert "cancelled" in cancelled.message


def test_an_output_that_the_filter_stopped_is_a_reply() -> None:
    read = outcome(error("invalid_request_error", "Output blocked by content filtering policy"))
    assert isinstance(read, Reply)
    assert read.finish_reason == "content_filter"


def test_a_wrong_key_is_the_fault_of_the_lane() -> None:
    with serve("401=1") as server, pytest.raises(LaneError) as raised:
        asyncio.run(submit(server.root, count=1))
    assert (raised.value.fault.kind, raised.value.fault.permanent) == ("credential", True)


@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/messages"])
def test_the_address_may_be_written_with_and_without_its_ending(ending: str) -> None:
    with serve() as server:
        batch = asyncio.run(submit(server.root + ending, count=1))
    assert batch.id.startswith("msgbatch_")


def test_the_list_is_read_to_its_end_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medq.calling.anthropic_batches.PAGE", 2)

    async def listed(base: str) -> tuple[list[str], list[str]]:
        sent = [(await submit(base, count=1)).id for _ in range(5)]
        batches = AnthropicBatches(Server("anthropic/m", api_base=base))
        try:
            return sent, [batch.id async for batch in batches.recent()]
        finally:
            await batches.close()

    with serve() as server:
        sent, found = asyncio.run(listed(server.root))
    assert found == sent[::-1]


def test_the_key_does_not_go_to_another_server_that_an_answer_names() -> None:
    async def read(base: str, elsewhere: str) -> Any:
        batch = await submit(base, count=2)
        batches = AnthropicBatches(Server("anthropic/m", api_base=base))
        try:
            while not (batch := await batches.look(batch)).ended:
                await asyncio.sleep(0.02)
            moved = SentBatch(batch.id, True, batch.created_s, {"results": f"{elsewhere}/v1/results"})
            return await batches.outcomes(moved)
        finally:
            await batches.close()

    with serve() as server:
        outcomes = asyncio.run(read(server.root, "http://127.0.0.1:9"))
    assert len(outcomes) == 2


def test_a_batch_whose_answers_are_gone_has_no_outcomes() -> None:
    batches = AnthropicBatches(Server("anthropic/m", api_base="http://127.0.0.1:9"))
    assert list(asyncio.run(batches.outcomes(SentBatch("x", True, 0.0)))) == []


async def submit(base: str, *, count: int) -> SentBatch:
    batches = AnthropicBatches(Server("anthropic/m", api_base=base))
    calls = [Call((Message("user", (f"Question {number}\nA. x\nB. y",)),), seed=number) for number in range(count)]
    try:
        return await batches.submit([batches.line(call)[1] for call in calls])
    finally:
        await batches.close()
