"""Decoding as vLLM takes it."""

from __future__ import annotations

from collections.abc import Callable

from medq.models.interface import Request
from medq.models.local.decoding import Decoding
from medq.models.vllm.sampling import sampling_keywords

Ask = Callable[..., Request]
GREEDY = Decoding(64, 0.0, 0.9, 40, 1.05, None)
SAMPLED = Decoding(64, 0.7, 0.9, None, 1.0, None)


def test_greedy_decoding_says_nothing_of_sampling(ask: Ask) -> None:
    assert sampling_keywords(GREEDY, ask("q")) == {"max_tokens": 64, "temperature": 0.0, "repetition_penalty": 1.05}


def test_a_drawn_answer_has_the_seed_of_its_question_unless_the_model_fixes_one(ask: Ask) -> None:
    assert sampling_keywords(SAMPLED, ask("q", seed=11)) == {
        "max_tokens": 64, "temperature": 0.7, "top_p": 0.9, "repetition_penalty": 1.0, "seed": 11,
    }  # fmt: skip
    fixed = Decoding(64, 0.7, None, 40, 1.0, 3)
    assert {**sampling_keywords(fixed, ask("q", seed=11)), "max_tokens": 0} == {
        "max_tokens": 0, "temperature": 0.7, "top_k": 40, "repetition_penalty": 1.0, "seed": 3,
    }  # fmt: skip


def test_letters_take_one_token_that_is_not_drawn(ask: Ask) -> None:
    found = sampling_keywords(SAMPLED, ask("q", letters=("A", "B")))
    assert found == {"max_tokens": 1, "temperature": 0.0, "repetition_penalty": 1.0, "logprobs": 20}
