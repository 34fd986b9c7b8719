"""A model behind an API, from requests to outcomes, over real sockets."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from medq.errors import ConfigError, ModelUnusable
from medq.faultserver import serve
from medq.models.api import ApiModel, check_settings
from medq.models.interface import Answer, Failure, Outcome
from tests.medq.models.asking import KEY, ask, image, request, settings


@pytest.fixture(autouse=True)
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "MISTRAL_API_KEY"):
        monkeypatch.setenv(name, KEY)


def test_an_answer_carries_what_the_provider_said() -> None:
    with serve(latency_s=0.02) as server:
        (answer,), _ = ask(settings(api_base=server.url, price={"input": 10, "output": 20}), [request()])
    assert isinstance(answer, Answer)
    assert answer.text in ("A", "B")
    assert (answer.finish_reason, answer.returned_model, answer.attempts) == ("stop", "gpt-4o-2024-08-06", 1)
    assert answer.tokens_in is not None
    assert answer.cost_usd == pytest.approx((answer.tokens_in * 10 + 20) / 1e6)
    assert answer.latency_s is not None
    assert answer.latency_s >= 0.02
    assert answer.notes["request_id"].startswith("req-")


def test_outcomes_come_in_the_order_of_the_requests() -> None:
    with serve("500=0.3", seed=1) as server:
        one_by_one, _ = ask(settings(api_base=server.url), [request(number) for number in range(20)])

        async def together() -> Sequence[Outcome]:
            model = ApiModel(settings(api_base=server.url))
            try:
                return await model.answer([request(number) for number in range(20)])
            finally:
                await model.close()

        chunk = asyncio.run(together())
    texts = [outcome.text for outcome in chunk if isinstance(outcome, Answer)]
    assert len(texts) == 20
    assert texts == [outcome.text for outcome in one_by_one if isinstance(outcome, Answer)]


def test_with_mixed_faults_the_answers_are_those_of_a_sound_server() -> None:
    requests = [request(number, image()) for number in range(60)]
    with serve() as server:
        sound, _ = ask(settings(api_base=server.url), requests)
    with serve("transient=0.3", seed=2, retry_after_s=0.01) as server:
        faulty, model = ask(settings(api_base=server.url), requests)
    assert [o.text for o in faulty if isinstance(o, Answer)] == [o.text for o in sound if isinstance(o, Answer)]
    assert sum(o.attempts for o in faulty) == model.report()["attempts"] > 70


def test_contents_that_fail_for_good_are_failures_with_their_attempts() -> None:
    with serve(fail_for_good=0.3, seed=2) as server:
        outcomes, _ = ask(settings(api_base=server.url, retries=2), [request(number) for number in range(40)])
    failed = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    assert 4 <= len(failed) <= 24
    assert {(failure.kind, failure.attempts) for failure in failed} == {("server", 3)}


def test_a_truncated_thought_is_asked_for_again_and_a_truncated_answer_is_not() -> None:
    async def run(text_is_readable: bool) -> int:
        with serve("length=1") as server:
            model = ApiModel(settings(api_base=server.url), readable=lambda request, text: text_is_readable)
            await model.answer([request()])
            await model.close()
            return int(server.stats()["calls"])

    assert asyncio.run(run(text_is_readable=True)) == 1
    assert asyncio.run(run(text_is_readable=False)) == 2


@pytest.mark.parametrize(
    ("text", "readable"),
    [("<think>so far", False), ("<think>done</think> A", True), ("A", True), ("<thinking>x</thinking><think>y", False)],
)
def test_a_text_that_ends_inside_a_thought_holds_no_answer(text: str, readable: bool) -> None:
    assert ApiModel(settings(api_base="http://127.0.0.1:1/v1"))._readable(request(), text) is readable


def test_a_wrong_key_ends_with_one_line_and_few_calls() -> None:
    with serve("echo401=1") as server:
        with pytest.raises(ModelUnusable) as caught:
            ask(settings(api_base=server.url, concurrency=4), [request(number) for number in range(300)])
        assert server.stats()["calls"] <= 9
    assert KEY not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_key_inside_an_answer_is_masked() -> None:
    with serve("echo=1") as server:
        (answer,), _ = ask(settings(api_base=server.url), [request()])
    assert isinstance(answer, Answer)
    assert answer.text.endswith("Bearer [secret]")


def test_notes_tell_of_dropped_parameters_other_models_and_the_end_of_the_snapshot() -> None:
    with serve("wrong_model=1") as server:
        given = settings(id="openai/gpt-5-2025-08-07", api_base=server.url)
        _, model = ask(given, [request(number) for number in range(3)])
    assert model.notes() == [
        "temperature was not sent: OpenAI's reasoning models accept only their default",
        "3 answers say that they come from another-model-2020-01-01, not gpt-5-2025-08-07",
    ]
    ended = settings(shutdown="2020-01-01")
    assert "was shut down by its provider on 2020-01-01" in ApiModel(ended).notes()[0]


def test_a_dated_snapshot_behind_an_alias_is_the_same_model() -> None:
    with serve() as server:
        _, model = ask(settings(id="openai/gpt-4o", api_base=server.url), [request()])
    assert model.notes() == []


def test_log_probabilities_are_noted_when_asked_for() -> None:
    with serve() as server:
        (answer,), _ = ask(settings(api_base=server.url, extra={"logprobs": True}), [request()])
    assert isinstance(answer, Answer)
    assert answer.notes["logprobs"][0]["token"] == answer.text


def test_more_calls_are_kept_ready_than_are_under_way() -> None:
    given = settings(api_base="http://127.0.0.1:1/v1", concurrency=5)
    assert ApiModel(given).concurrency > 5
    with serve(latency_s=0.02) as server:
        ask(given.model_copy(update={"api_base": server.url}), [request(number) for number in range(40)])
        assert server.stats()["max_in_flight"] <= 5


@pytest.mark.parametrize("model_id", ["openai/gpt-4o-2024-08-06", "anthropic/claude-sonnet-4-20250514"])
def test_the_batch_lane_gives_the_same_answers_at_half_the_price(model_id: str) -> None:
    requests = [request(number, image()) for number in range(4)]
    with serve() as server:
        base = server.root if model_id.startswith("anthropic/") else server.url
        given = settings(id=model_id, api_base=base, price={"input": 10, "output": 20})
        single, _ = ask(given, requests)
        batched, model = ask(given.model_copy(update={"batch": True}), requests)
    assert [seen(outcome) for outcome in batched] == [seen(outcome) for outcome in single]
    assert [o.cost_usd for o in batched] == pytest.approx([(o.cost_usd or 0) / 2 for o in single])
    assert model.report()["transport"] == "batch"
    assert model.identity == ApiModel(given).identity


def seen(outcome: Outcome) -> tuple[Any, ...]:
    assert isinstance(outcome, Answer)
    return outcome.text, outcome.finish_reason, outcome.returned_model, outcome.tokens_in, outcome.tokens_out


def test_a_provider_without_a_batch_lane_of_ours_is_refused_before_any_call() -> None:
    with pytest.raises(ConfigError, match=r"model\.batch"):
        check_settings(settings(id="mistral/mistral-medium-2505", batch=True))


def test_the_module_loads_no_client_library() -> None:
    code = "import sys, medq.models.api as a; a.ApiModel(a.ModelSettings(kind='litellm', id='gemini/x')); "
    code += "print([name for name in ('litellm', 'openai', 'aiohttp', 'httpx') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
