"""What comes out of vLLM, as outcomes."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import UnidentifiedImageError

from medq.models.interface import Answer, Failure, Request
from medq.models.vllm.answers import failure_of, is_engine_death, outcome_of, reason_of

Ask = Callable[..., Request]


def output(text: str, *, logprobs: Any = None) -> Any:
    made = SimpleNamespace(text=text, token_ids=(4, 5), finish_reason="length", logprobs=logprobs)
    return SimpleNamespace(prompt_token_ids=[1, 2, 3], outputs=[made])


def listed(*tokens: tuple[str | None, float]) -> list[dict[int, Any]]:
    return [{n: SimpleNamespace(decoded_token=text, logprob=value) for n, (text, value) in enumerate(tokens)}]


def named(name: str, *bases: type) -> Exception:
    error: Exception = type(name, bases or (Exception,), {})("words")
    return error


def test_text_reason_and_tokens_are_taken_over(ask: Ask) -> None:
    expected = Answer("Blur.", finish_reason="length", latency_s=1.5, tokens_in=3, tokens_out=2)
    assert outcome_of(ask("q"), output("Blur."), latency_s=1.5) == expected


def test_the_most_probable_letter_is_the_answer_and_spellings_add_up(ask: Ask) -> None:
    found = listed(("B", math.log(0.3)), ("A", math.log(0.2)), (" A", math.log(0.2)), (None, -9.0), ("B", -8.0))
    outcome = outcome_of(ask("q", letters=("A", "B", "C")), output("B", logprobs=found), latency_s=0)
    assert isinstance(outcome, Answer)
    assert outcome.text == "A"
    assert outcome.notes["option_logprobs"] == {
        "A": pytest.approx(math.log(0.4)),
        "B": pytest.approx(math.log(0.3)),
    }
    assert outcome.notes["option_logprob_bound"] == pytest.approx(math.log(0.2))


@pytest.mark.parametrize("nothing", [None, [], [{}]])
def test_letters_without_log_probabilities_are_a_failure(nothing: Any, ask: Ask) -> None:
    outcome = outcome_of(ask("q", letters=("A",)), output("A", logprobs=nothing), latency_s=0)
    assert isinstance(outcome, Failure)
    assert outcome.kind == "protocol"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ValueError("longer than the maximum model length"), "request"),
        (named("VLLMValidationError"), "request"),
        (UnidentifiedImageError("no image"), "request"),
        (RuntimeError("CUDA out of memory"), "memory"),
        (KeyError("x"), "internal"),
    ],
)
def test_a_refused_question_is_told_from_one_that_failed(error: Exception, kind: str) -> None:
    failure = failure_of(error)
    assert (failure.kind, failure.permanent) == (kind, True)
    assert not is_engine_death(error)


def test_a_dead_engine_is_known_by_its_name_wherever_it_comes_from() -> None:
    assert is_engine_death(named("EngineDeadError"))
    assert is_engine_death(named("Heir", type(named("EngineDeadError"))))
    assert is_engine_death(SystemExit(1))


def test_a_reason_is_one_bounded_line() -> None:
    reason = reason_of(RuntimeError("first\nsecond " + "x" * 1000))
    assert reason.startswith("RuntimeError: first second xxx")
    assert len(reason) == 400
