"""Both transports against real failures on the wire: the meaning is the provider's, not the client library's."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from medq.calling import Call, Server, transport_for
from medq.calling.call import Fault, Reply
from medq.errors import ConfigError
from medq.faultserver import RunningServer, serve

Send = Callable[..., Reply | Fault]

OPENAI, VLLM, XAI, MISTRAL = (
    "openai/gpt-4o-2024-08-06",
    "hosted_vllm/any",
    "xai/grok-4-0709",
    "mistral/mistral-medium-2505",
)
ANTHROPIC, GEMINI = "anthropic/claude-sonnet-4-20250514", "gemini/gemini-2.5-pro"
ALL = (OPENAI, VLLM, XAI, MISTRAL, ANTHROPIC, GEMINI)

# fault: (kind, permanent, status)
MEANINGS = {
    "rate429": ("rate_limit", False, 429),
    "rate429_after": ("rate_limit", False, 429),
    "quota429": ("credential", True, 429),
    "400": ("request", True, 400),
    "401": ("credential", True, 401),
    "402": ("credential", True, 402),
    "403": ("credential", True, 403),
    "404": ("not_found", True, 404),
    "408": ("timeout", False, 408),
    "413": ("request", True, 413),
    "context_length": ("request", True, 400),
    "500": ("server", False, 500),
    "503": ("server", False, 503),
    "529": ("server", False, 529),
    "hang": ("timeout", False, None),
    "reset": ("network", False, None),
    "malformed": ("protocol", False, 200),
    "empty": ("protocol", False, 200),
    "html": ("protocol", False, 200),
}


def base_of(server: RunningServer, model_id: str) -> str:
    return server.root if model_id.startswith(("anthropic", "gemini")) else server.url


@pytest.mark.parametrize("model_id", ALL)
@pytest.mark.parametrize("fault", MEANINGS)
def test_every_fault_is_classified_by_what_the_provider_sent(send: Send, call: Call, model_id: str, fault: str) -> None:
    with serve(f"{fault}=1", retry_after_s=7) as server:
        outcome = send(model_id, base_of(server, model_id), call, timeout_s=0.5 if fault == "hang" else 5.0)
        assert server.stats()["calls"] == 1
    assert isinstance(outcome, Fault)
    kind, permanent, status = MEANINGS[fault]
    assert (outcome.kind, outcome.permanent) == (kind, permanent)
    assert outcome.status in (status, None) if fault in ("malformed", "empty", "html") else outcome.status == status
    assert outcome.retry_after_s == (7.0 if fault == "rate429_after" else None)
    assert "\n" not in outcome.message
    assert len(outcome.message) < 700


@pytest.mark.parametrize("model_id", ALL)
def test_a_sound_answer_comes_through_whole(send: Send, call: Call, model_id: str) -> None:
    with serve() as server:
        reply = send(model_id, base_of(server, model_id), call)
    assert isinstance(reply, Reply)
    assert reply.text in ("A", "B")
    assert reply.finish_reason == "stop"
    assert reply.returned_model == model_id.partition("/")[2]
    assert (reply.tokens_in, reply.tokens_out) == (200 + 9, 1)
    assert reply.request_id is not None
    if model_id != GEMINI:  # LiteLLM does not pass its headers on; the id is the body's
        assert reply.request_id.startswith("req-")


@pytest.mark.parametrize("model_id", ALL)
def test_images_arrive_bit_identical_and_in_order(send: Send, call: Call, model_id: str) -> None:
    with serve() as server:
        send(model_id, base_of(server, model_id), call)
        prompt = server.server.last_prompt
    assert prompt is not None
    assert [base64.b64decode(image.rpartition(",")[2]) for image in prompt.images] == [
        b"\x89PNG first \xff\x00",
        b"\xff\xd8 second",
    ]


@pytest.mark.parametrize("model_id", [OPENAI, VLLM])
def test_detail_is_sent_where_it_is_set_only(send: Send, call: Call, model_id: str) -> None:
    with serve() as server:
        send(model_id, server.url, call)
        parts = server.server.last_body["messages"][1]["content"]
    assert "detail" not in parts[0]["image_url"]
    assert parts[1]["image_url"]["detail"] == "high"


@pytest.mark.parametrize("model_id", [OPENAI, XAI, MISTRAL])
def test_a_refusal_of_its_own_field_is_surfaced(send: Send, call: Call, model_id: str) -> None:
    with serve("refusal=1") as server:
        reply = send(model_id, server.url, call)
    assert isinstance(reply, Reply)
    assert reply.finish_reason == "refusal"
    assert "can't assist" in reply.text
    assert reply.notes["provider_finish_reason"] == "stop"


@pytest.mark.parametrize("model_id", ALL)
def test_a_filtered_answer_is_an_empty_reply_and_no_failure(send: Send, call: Call, model_id: str) -> None:
    with serve("filter=1") as server:
        reply = send(model_id, base_of(server, model_id), call)
    assert isinstance(reply, Reply)
    assert (reply.text, reply.finish_reason) == ("", "content_filter")


@pytest.mark.parametrize("model_id", ALL)
def test_a_filtered_prompt_is_an_empty_reply_with_the_provider_s_words(send: Send, call: Call, model_id: str) -> None:
    with serve("filter400=1") as server:
        reply = send(model_id, base_of(server, model_id), call)
    assert isinstance(reply, Reply)
    assert (reply.text, reply.finish_reason) == ("", "content_filter")
    assert "filtered" in reply.notes["filter"]


@pytest.mark.parametrize("model_id", [OPENAI, XAI, MISTRAL])
def test_missing_usage_is_unknown_and_not_zero(send: Send, call: Call, model_id: str) -> None:
    with serve("no_usage=1") as server:
        reply = send(model_id, base_of(server, model_id), call)
    assert isinstance(reply, Reply)
    assert (reply.tokens_in, reply.tokens_out) == (None, None)


def test_an_answer_that_the_library_cannot_read_is_a_protocol_fault(send: Send, call: Call) -> None:
    with serve("no_usage=1") as server:
        fault = send(GEMINI, server.root, call)
    assert isinstance(fault, Fault)
    assert (fault.kind, fault.permanent) == ("protocol", False)


@pytest.mark.parametrize("model_id", [OPENAI, XAI, MISTRAL])
def test_no_choices_is_a_protocol_fault(send: Send, call: Call, model_id: str) -> None:
    with serve("no_choices=1") as server:
        fault = send(model_id, server.url, call)
    assert isinstance(fault, Fault)
    assert fault.kind == "protocol"
    assert "no choices" in fault.message


@pytest.mark.parametrize("model_id", ALL)
def test_the_id_that_the_provider_returns_is_kept(send: Send, call: Call, model_id: str) -> None:
    with serve("wrong_model=1") as server:
        reply = send(model_id, base_of(server, model_id), call)
    assert isinstance(reply, Reply)
    assert reply.returned_model == "another-model-2020-01-01"


@pytest.mark.parametrize("model_id", ALL)
def test_a_server_that_echoes_the_key_does_not_get_it_into_a_message(
    send: Send, call: Call, model_id: str, planted_key: str
) -> None:
    with serve("echo401=1") as server:
        fault = send(model_id, base_of(server, model_id), call)
    assert isinstance(fault, Fault)
    assert fault.kind == "credential"
    assert planted_key not in fault.message


@pytest.mark.parametrize("model_id", [OPENAI, XAI])
def test_a_server_that_is_not_there_is_unreachable(send: Send, call: Call, model_id: str) -> None:
    fault = send(model_id, "http://127.0.0.1:9/v1", call)
    assert isinstance(fault, Fault)
    assert fault.kind == "network"
    assert fault.unreachable
    assert "model.api_base" in fault.message


@pytest.mark.parametrize("model_id", [OPENAI, XAI])
def test_log_probabilities_come_back_when_asked_for(send: Send, call: Call, model_id: str) -> None:
    asked = Call(call.messages, params={"logprobs": True, "top_logprobs": 2})
    with serve() as server:
        reply = send(model_id, server.url, asked)
    assert isinstance(reply, Reply)
    assert reply.logprobs is not None
    assert reply.logprobs[0]["token"] == reply.text
    assert set(reply.logprobs[0]["top"]) == {reply.text, "other"}


def test_the_key_is_sent_to_the_server_that_it_is_for_only(planted_key: str, call: Call, send: Send) -> None:
    with serve("echo401=1") as server:
        mine = send("Qwen/Qwen2.5-VL-7B-Instruct", server.url, call)
    assert isinstance(mine, Fault)
    assert "Bearer none" in mine.message or "[secret]" not in mine.message


def test_an_unknown_parameter_is_a_request_fault_that_names_it(send: Send, call: Call) -> None:
    wrong = Call(call.messages, params={"temperature": "warm"})
    with serve("400=1") as server:
        fault = send(XAI, server.url, wrong)
    assert isinstance(fault, Fault)
    assert (fault.kind, fault.permanent) == ("request", True)


def test_a_served_model_without_an_address_is_a_configuration_error() -> None:
    with pytest.raises(ConfigError, match=r"model\.api_base"):
        transport_for(Server("hosted_vllm/any"))


@pytest.mark.parametrize(
    ("model_id", "api_base", "name"),
    [
        ("openai/gpt-4o", None, "openai"),
        ("gpt-4o", None, "openai"),
        ("openai/gpt-4o", "http://127.0.0.1:1/v1", "openai"),
        ("hosted_vllm/x", "http://127.0.0.1:1/v1", "openai"),
        ("Qwen/Qwen2.5-VL-7B-Instruct", "http://127.0.0.1:1/v1", "openai"),
        ("anthropic/claude", None, "litellm"),
        ("anthropic/claude", "http://127.0.0.1:1", "litellm"),
        ("some_new_provider/model", None, "litellm"),
    ],
)
def test_the_id_chooses_the_transport(model_id: str, api_base: str | None, name: str) -> None:
    assert transport_for(Server(model_id, api_base=api_base)).name == name
