"""Anthropic's messages in the batch lane are those of the single-call lane."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from medq.calling import Call, ImagePart, Message
from medq.calling.anthropic_message import message_body, read_message
from medq.calling.call import Fault, Reply
from medq.faultserver import serve

MESSAGE: dict[str, Any] = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "claude-x",
    "content": [{"type": "text", "text": "A"}],
    "stop_reason": "end_turn",
    "usage": {"input_tokens": 100, "output_tokens": 3},
}


def test_the_request_is_the_one_that_the_single_call_lane_sends(call: Call, send: Callable[..., Reply | Fault]) -> None:
    with serve() as server:
        send("anthropic/claude-sonnet-4-20250514", server.root, call, timeout_s=30)
        single = dict(server.server.last_body)
    assert json.loads(message_body(call, model="claude-sonnet-4-20250514")) == single


def test_images_stand_before_the_text_in_their_order(call: Call) -> None:
    body = json.loads(message_body(call, model="m"))
    (message,) = body["messages"]
    assert [block["type"] for block in message["content"]] == ["image", "image", "text"]
    images = [part for part in call.messages[1].parts if isinstance(part, ImagePart)]
    sources = [block["source"] for block in message["content"][:2]]
    assert [base64.b64decode(source["data"]) for source in sources] == [image.data for image in images]
    assert [source["media_type"] for source in sources] == ["image/png", "image/jpeg"]
    assert body["system"] == [{"type": "text", "text": "You are an expert."}]


def test_stop_goes_by_anthropics_name_and_a_limit_is_always_sent() -> None:
    body = json.loads(message_body(Call((Message("user", ("Q",)),), params={"stop": ["\n"]}), model="m"))
    assert body["stop_sequences"] == ["\n"]
    assert body["max_tokens"] > 0
    assert "stop" not in body
    assert "system" not in body


@pytest.mark.parametrize(
    ("stop_reason", "finish_reason"),
    [
        ("end_turn", "stop"),
        ("stop_sequence", "stop"),
        ("max_tokens", "length"),
        ("refusal", "content_filter"),
        ("pause_turn", "pause_turn"),
        (None, None),
    ],
)
def test_the_finish_reason_has_the_words_of_the_single_call_lane(stop_reason: Any, finish_reason: Any) -> None:
    reply = read_message({**MESSAGE, "stop_reason": stop_reason})
    assert isinstance(reply, Reply)
    assert reply.finish_reason == finish_reason


def test_a_reply_keeps_text_model_id_and_usage() -> None:
    content = [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "A"}, {"type": "text", "text": "."}]
    reply = read_message({**MESSAGE, "content": content})
    assert isinstance(reply, Reply)
    assert (reply.text, reply.returned_model, reply.request_id) == ("A.", "claude-x", "msg_1")
    assert (reply.tokens_in, reply.tokens_out) == (100, 3)


def test_cached_tokens_are_input_and_missing_usage_is_unknown() -> None:
    cached = read_message({**MESSAGE, "usage": {"input_tokens": 1, "cache_read_input_tokens": 9, "output_tokens": 2}})
    assert isinstance(cached, Reply)
    assert cached.tokens_in == 10
    unknown = read_message({**MESSAGE, "usage": None})
    assert isinstance(unknown, Reply)
    assert (unknown.tokens_in, unknown.tokens_out) == (None, None)


@pytest.mark.parametrize("body", [None, [], {}, {"content": None}, {"content": "A"}])
def test_what_is_no_message_is_a_fault(body: Any) -> None:
    fault = read_message(body)
    assert isinstance(fault, Fault)
    assert (fault.kind, fault.permanent) == ("protocol", False)
