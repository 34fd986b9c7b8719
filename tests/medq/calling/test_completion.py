"""From a response body to a reply."""

from __future__ import annotations

from typing import Any

import pytest

from medq.calling.call import Fault, Reply
from medq.calling.completion import read_completion


def body(**message: Any) -> dict[str, Any]:
    return {"model": "m", "choices": [{"finish_reason": "stop", "message": {"role": "assistant", **message}}]}


def reply(found: Reply | Fault) -> Reply:
    assert isinstance(found, Reply)
    return found


def test_null_content_is_an_empty_text() -> None:
    assert reply(read_completion(body(content=None))).text == ""


def test_content_in_parts_is_joined() -> None:
    parts = [{"type": "text", "text": "A"}, {"type": "thinking", "text": "hm"}, {"type": "text", "text": "B"}]
    assert reply(read_completion(body(content=parts))).text == "AB"


def test_a_refusal_stands_for_missing_content_and_not_before_it() -> None:
    assert reply(read_completion(body(content=None, refusal="no"))).text == "no"
    both = reply(read_completion(body(content="A", refusal="no")))
    assert (both.text, both.finish_reason) == ("A", "refusal")


def test_counts_that_are_no_numbers_are_unknown() -> None:
    found = reply(read_completion({**body(content="A"), "usage": {"prompt_tokens": None, "completion_tokens": True}}))
    assert (found.tokens_in, found.tokens_out) == (None, None)


def test_reasoning_tokens_and_fingerprint_are_noted() -> None:
    usage = {"prompt_tokens": 3, "completion_tokens": 9, "completion_tokens_details": {"reasoning_tokens": 7}}
    found = reply(read_completion({**body(content="A"), "usage": usage, "system_fingerprint": "fp_1"}))
    assert found.notes == {"tokens_reasoning": 7, "system_fingerprint": "fp_1"}


def test_the_request_id_of_the_header_comes_before_the_body_s() -> None:
    assert reply(read_completion({**body(content="A"), "id": "c1"}, headers={"x-request-id": "r1"})).request_id == "r1"
    assert reply(read_completion({**body(content="A"), "id": "c1"})).request_id == "c1"


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        "text",
        3,
        {},
        {"choices": []},
        {"choices": [None]},
        {"choices": [{}]},
        {"choices": "x"},
        body(content=3),
    ],
)
def test_what_is_no_completion_is_a_protocol_fault(wrong: Any) -> None:
    found = read_completion(wrong)
    assert isinstance(found, Fault)
    assert (found.kind, found.permanent) == ("protocol", False)


@pytest.mark.parametrize(
    ("error", "kind"),
    [({"code": 429, "message": "slow"}, "rate_limit"), ({"code": "401"}, "credential"), ("odd", "server")],
)
def test_an_error_inside_a_success_is_an_error(error: Any, kind: str) -> None:
    found = read_completion({"error": error})
    assert isinstance(found, Fault)
    assert found.kind == kind
