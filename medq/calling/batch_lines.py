"""The lines of OpenAI's batches: requests as they go up, outcomes as they come down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from medq.calling.batch_protocol import custom_id, lost
from medq.calling.call import Call, Fault, Reply
from medq.calling.completion import read_completion
from medq.calling.faults import fault_from_status, is_filtered, one_line
from medq.calling.wire import wire_body

ENDPOINT: Final = "/v1/chat/completions"


def batch_line(call: Call, *, model: str) -> tuple[str, bytes]:
    """(custom id, line) of a call."""
    body = wire_body(call, model=model)
    name = custom_id(body, seed=call.seed)
    head = json.dumps({"custom_id": name, "method": "POST", "url": ENDPOINT})
    return name, head[:-1].encode() + b', "body": ' + body + b"}"


def read_ids(data: bytes) -> Iterator[str]:
    """The custom ids of a file of requests."""
    for line in data.splitlines():
        if line.strip():
            yield json.loads(line)["custom_id"]


def read_outcomes(data: bytes) -> Iterator[tuple[str, Reply | Fault]]:
    """(custom id, outcome) of every line of a file of answers or errors."""
    for line in data.splitlines():
        if line.strip():
            said = json.loads(line)
            yield said["custom_id"], _outcome(said.get("response") or {}, said.get("error"))


def _outcome(response: dict[str, object], error: object) -> Reply | Fault:
    status = response.get("status_code")
    if not isinstance(status, int):
        return lost(f"the batch did not answer this request: {one_line(str(error))}")
    if status == 200:
        return read_completion(response.get("body"), headers={"x-request-id": str(response.get("request_id"))})
    text = json.dumps(response.get("body"))
    if is_filtered(status, text):
        return Reply(text="", finish_reason="content_filter", notes={"filter": one_line(text)})
    return fault_from_status(status, text)
