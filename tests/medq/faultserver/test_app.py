"""The server over real sockets, with a plain HTTP client."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from medq.faultserver import RunningServer, serve
from medq.faultserver.plan import HARD_FAULTS

BODY: dict[str, Any] = {
    "model": "m",
    "messages": [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "Q?\nA. x\nB. y"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
            ],
        }
    ],
}


def post(server: RunningServer, body: Any = BODY, **headers: str) -> tuple[int, dict[str, str], str]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(f"{server.url}/chat/completions", data=data, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status, dict(response.headers), response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


def test_a_sound_answer_has_text_usage_model_and_request_id() -> None:
    with serve() as server:
        status, headers, text = post(server)
    body = json.loads(text)
    assert status == 200
    assert body["choices"][0]["message"]["content"] in ("A", "B")
    assert body["choices"][0]["finish_reason"] == "stop"
    assert body["usage"]["prompt_tokens"] == 105
    assert body["model"] == "m"
    assert headers["x-request-id"].startswith("req-")


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("500", 500),
        ("503", 503),
        ("401", 401),
        ("403", 403),
        ("404", 404),
        ("413", 413),
        ("rate429", 429),
        ("529", 529),
    ],
)
def test_error_statuses_come_with_an_error_body(fault: str, status: int) -> None:
    with serve(f"{fault}=1") as server:
        got, _, text = post(server)
    assert got == status
    assert json.loads(text)["error"]["message"]


def test_retry_after_is_sent_only_where_asked_for() -> None:
    with serve("rate429_after=1", retry_after_s=7) as server:
        assert post(server)[1]["Retry-After"] == "7"
    with serve("rate429=1") as server:
        assert "Retry-After" not in post(server)[1]


def test_bodies_are_malformed_empty_or_html_on_request() -> None:
    with serve("malformed=1") as server, pytest.raises(json.JSONDecodeError):
        json.loads(post(server)[2])
    with serve("empty=1") as server:
        assert post(server)[2] == ""
    with serve("html=1") as server:
        assert post(server)[2].startswith("<html>")


def test_a_reset_breaks_the_connection() -> None:
    with serve("reset=1") as server, pytest.raises((ConnectionError, http.client.HTTPException)):
        post(server)


def test_the_echo_holds_the_credential_that_was_sent() -> None:
    with serve("echo401=1") as server:
        assert "planted-credential" in post(server, Authorization="Bearer planted-credential")[2]


@pytest.mark.parametrize(
    ("fault", "content", "finish"),
    [
        ("filter", "", "content_filter"),
        ("length_empty", "", "length"),
        ("null_content", None, "stop"),
        ("refusal", None, "stop"),
    ],
)
def test_soft_faults_change_the_answer(fault: str, content: str | None, finish: str) -> None:
    with serve(f"{fault}=1") as server:
        choice = json.loads(post(server)[2])["choices"][0]
    assert choice["message"]["content"] == content
    assert choice["finish_reason"] == finish
    assert bool(choice["message"]["refusal"]) == (fault == "refusal")


def test_usage_choices_and_model_can_be_wrong() -> None:
    with serve("no_usage=1") as server:
        assert "usage" not in json.loads(post(server)[2])
    with serve("no_choices=1") as server:
        assert json.loads(post(server)[2])["choices"] == []
    with serve("wrong_model=1") as server:
        assert json.loads(post(server)[2])["model"] == "another-model-2020-01-01"


def test_a_drip_gives_the_right_answer_slowly() -> None:
    with serve("drip=1", drip_s=0.4) as server:
        started = time.monotonic()
        body = json.loads(post(server)[2])
    assert body["choices"][0]["message"]["content"] in ("A", "B")
    assert time.monotonic() - started >= 0.4


def test_log_probabilities_are_given_on_request() -> None:
    with serve() as server:
        held = json.loads(post(server, {**BODY, "logprobs": True})[2])["choices"][0]["logprobs"]
        assert held["content"][0]["logprob"] < 0
        assert json.loads(post(server)[2])["choices"][0]["logprobs"] is None


def test_a_body_that_is_no_chat_request_is_a_bad_request() -> None:
    with serve() as server:
        assert post(server, b"not json")[0] == 400
        assert post(server, {"model": "m"})[0] == 400


def test_stats_count_calls_faults_contents_and_models() -> None:
    with serve("500=0.5", seed=1) as server:
        statuses = [post(server)[0] for _ in range(8)]
        with urllib.request.urlopen(f"{server.root}/stats", timeout=5) as response:
            stats = json.load(response)
    assert stats["calls"] == 8
    assert stats["contents"] == 1
    assert stats["by_fault"].get("500", 0) == statuses.count(500)
    assert stats["answered"] == statuses.count(200)
    assert 0 < statuses.count(200) < 8
    assert stats["models"] == {"m": 8}
    assert stats["in_flight"] == 0


def test_stats_hold_the_most_calls_at_a_time() -> None:
    with serve(latency_s=0.3) as server, ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda _: post(server), range(5)))
        assert server.stats()["max_in_flight"] == 5


def test_decoding_parameters_do_not_change_the_content() -> None:
    with serve() as server:
        post(server, {**BODY, "max_tokens": 10})
        post(server, {**BODY, "max_tokens": 40})
        assert list(server.stats()["by_content"].values()) == [2]


def test_every_hard_fault_ends_the_call_without_an_answer() -> None:
    for fault in HARD_FAULTS:
        if fault == "drip":
            continue
        with serve(f"{fault}=1", hang_s=0.05) as server:
            try:
                status, _, text = post(server)
                assert status != 200 or "choices" not in text or not text.endswith("}"), fault
            except (ConnectionError, http.client.HTTPException):
                assert fault == "reset"
            assert server.stats()["answered"] == 0


def test_a_server_with_a_key_is_healthy_for_all_and_answers_those_who_know_it() -> None:
    with serve() as server:
        server.server.api_key = "sesame"
        with urllib.request.urlopen(f"{server.root}/health", timeout=5) as response:
            assert response.status == 200
        assert post(server)[0] == 401
        assert post(server, Authorization="Bearer sesame")[0] == 200
        assert server.stats()["calls"] == 1
