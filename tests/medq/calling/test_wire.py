"""The request body."""

from __future__ import annotations

import json

from medq.calling.call import Call, ImagePart, Message
from medq.calling.wire import wire_body, wire_messages


def test_the_spliced_body_equals_the_encoded_one(call: Call) -> None:
    body = json.loads(wire_body(call, model="m"))
    assert body == {"model": "m", "messages": wire_messages(call), **call.params}


def test_text_of_every_kind_is_sent_as_it_is() -> None:
    text = 'quotes " and \\ and \n and \u0000 and 3 × 5 µm 医 🩻 data:image/png;base64,AAAA'
    call = Call((Message("user", (text, ImagePart(bytes(range(256)), "image/png"), text)),))
    parts = json.loads(wire_body(call, model="m"))["messages"][0]["content"]
    assert [part.get("text") for part in parts] == [text, None, text]
    assert parts[1] == wire_messages(call)[0]["content"][1]


def test_a_message_of_one_text_is_a_plain_string(call: Call) -> None:
    assert wire_messages(call)[0] == {"role": "system", "content": "You are an expert."}
