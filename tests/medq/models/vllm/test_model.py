"""The model in this process, with the stand-in for vLLM."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable, Sequence

import pytest

from medq.errors import ConfigError, ModelUnusable
from medq.models.interface import Answer, Failure, Outcome, Request
from medq.models.vllm import VllmModel
from medq.models.vllm.keeper import MARK
from tests.medq.models.vllm.conftest import PNG, StandIn

Build = Callable[..., VllmModel]
Ask = Callable[..., Request]
SAMPLED = {"temperature": 0.8, "top_p": 0.9}


def outcomes(model: VllmModel, *chunks: Sequence[Request]) -> list[Outcome]:
    """All chunks are asked at the same time."""

    async def run() -> list[Outcome]:
        try:
            return [one for part in await asyncio.gather(*map(model.answer, chunks)) for one in part]
        finally:
            await model.close()

    return asyncio.run(run())


def texts(found: Sequence[Outcome]) -> list[str | None]:
    return [one.text if isinstance(one, Answer) else None for one in found]


def test_nothing_is_loaded_before_a_question(stand_in: StandIn, build: Build) -> None:
    model = build()
    asyncio.run(model.close())
    assert model.report() == {}
    assert not stand_in.file.exists()


def test_the_engine_gets_the_very_bytes_images_first_and_one_call_a_chunk(
    stand_in: StandIn, build: Build, ask: Ask
) -> None:
    model = build(hardware={"gpus_per_model": 2, "dtype": "bfloat16"})
    found = outcomes(model, [ask("how noisy?", PNG, PNG + b"2"), ask("how sharp?")])
    assert all(isinstance(one, Answer) and one.tokens_in == 2 and one.tokens_out == 3 for one in found)
    (loaded,) = stand_in.seen("load")
    assert loaded["model"] == str(model.settings.path)
    assert loaded["keywords"]["tensor_parallel_size"] == 2
    assert loaded["keywords"]["max_model_len"] == 16384
    assert [one["count"] for one in stand_in.seen("chat")] == [2]
    sent = [hashlib.sha256(data).hexdigest() for data in (PNG, PNG + b"2")]
    assert [(one["prompt"], one["images"]) for one in stand_in.seen("asked")] == [
        ("how noisy?", sent),
        ("how sharp?", sent[:1]),
    ]
    assert MARK not in os.environ
    assert {**model.report(), "load_s": 0} == {"engine": "vllm", "version": None, "gpus": 2, "load_s": 0}


def test_chunks_at_the_same_time_share_one_engine_and_keep_their_order(
    stand_in: StandIn, build: Build, ask: Ask
) -> None:
    questions = [ask(f"question {n}") for n in range(9)]
    together = outcomes(build(), questions[:4], questions[4:])
    assert len(stand_in.seen("load")) == 1
    alone = [outcomes(build(), [question])[0] for question in questions]
    assert texts(together) == texts(alone)
    assert len(set(texts(alone))) == 2


def test_sampled_answers_depend_on_the_seed_of_the_question_alone(stand_in: StandIn, build: Build, ask: Ask) -> None:
    votes = [ask("how noisy?", seed=seed) for seed in range(8)]
    first, again = outcomes(build(**SAMPLED), votes), outcomes(build(**SAMPLED), votes[:3], votes[3:])
    assert texts(first) == texts(again)
    assert len(set(texts(first))) == 2


@pytest.mark.parametrize("mode", ["", "keeps"])
def test_a_question_that_is_refused_fails_alone_and_no_answer_goes_to_another(
    mode: str, stand_in: StandIn, build: Build, ask: Ask
) -> None:
    questions = [ask(f"question {n}{' TOO LONG' * (n in (1, 3))}") for n in range(11)]
    expected = texts(outcomes(build(), [one for one in questions if "TOO" not in one.prompt]))
    stand_in.misbehave(mode)
    found = outcomes(build(), questions[:5], questions[5:])
    assert [n for n, one in enumerate(found) if isinstance(one, Failure)] == [1, 3]
    assert [text for text in texts(found) if text is not None] == expected
    failure = found[3]
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.permanent) == ("request", True)
    assert "maximum model length of 16384" in failure.message


def test_more_images_than_the_model_is_given_room_for_fail_before_they_are_sent(
    stand_in: StandIn, build: Build, ask: Ask
) -> None:
    found = outcomes(build(images={"max_count": 1}), [ask("pair", PNG, PNG), ask("single")])
    assert [type(one) for one in found] == [Failure, Answer]
    assert [one["prompt"] for one in stand_in.seen("asked")] == ["single"]


def test_letters_come_with_the_log_probabilities_of_all_that_were_listed(
    stand_in: StandIn, build: Build, ask: Ask
) -> None:
    (found,) = outcomes(build(), [ask("which?", letters=("A", "B", "C"))])
    assert isinstance(found, Answer)
    assert found.text == "A"
    assert sorted(found.notes["option_logprobs"]) == ["A", "B"]


def test_a_dead_engine_ends_the_run_with_one_line(stand_in: StandIn, build: Build, ask: Ask) -> None:
    stand_in.misbehave("dies")
    with pytest.raises(ModelUnusable, match=r"EngineDeadError: .*the same command loads it again") as caught:
        outcomes(build(), [ask("a"), ask("b")])
    assert "\n" not in str(caught.value)
    assert len(stand_in.seen("chat")) == 1


def test_an_engine_that_does_not_start_is_said_in_one_line_and_tried_once(
    stand_in: StandIn, build: Build, ask: Ask
) -> None:
    stand_in.misbehave("no_memory")
    words = "cannot be loaded by vLLM: RuntimeError: Engine core initialization failed. See root cause above"
    with pytest.raises(ConfigError, match=words) as caught:
        outcomes(build(), [ask("a")], [ask("b")])
    assert "\n" not in str(caught.value)
    assert len(stand_in.seen("tried")) == 1


@pytest.mark.usefixtures("stand_in")
def test_an_argument_that_the_server_alone_has_is_named(build: Build, ask: Ask) -> None:
    with pytest.raises(ConfigError, match="unexpected keyword argument 'chat_template'"):
        outcomes(build(hardware={"server": {"args": ("--chat-template", "x")}}), [ask("a")])


def test_identity_holds_what_can_change_an_answer_and_nothing_else(build: Build) -> None:
    base = build().identity
    same = build(hardware={"batch_size": 4, "shards": 2, "gpus_per_model": 4}, seed=9).identity
    assert base == same
    others = [
        build(hardware={"max_pixels": 1003520}),
        build(hardware={"dtype": "float16"}),
        build(hardware={"server": {"args": ("--max-model-len", "8192")}}),
        build(max_tokens=7),
        build(**SAMPLED),
        build(**SAMPLED, seed=9),
    ]
    assert len({str(one.identity) for one in [build(), *others]}) == 1 + len(others)
