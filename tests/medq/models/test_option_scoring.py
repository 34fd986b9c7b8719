"""Multiple choice by probability: no position is preferred, nothing is asked twice, no half average."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from medq.errors import BudgetReached
from medq.faultserver import serve
from medq.journal import Journal
from medq.models.api import ApiModel
from medq.models.interface import Answer, Failure, KeepsParts, Outcome, Request
from medq.models.option_scoring import OptionScored, first_token_settings
from medq.models.settings import ModelSettings
from medq_tasks.item import Item, Option
from medq_tasks.perception import render, score

TEXTS = ("none", "mild", "strong", "severe")
ITEMS = tuple(
    Item(
        f"q{n}",
        "perception",
        f"How noisy is image {n}?",
        (),
        options=tuple(Option(letter, text) for letter, text in zip("ABCD", TEXTS, strict=True)),
        answer="ABCD"[n % 4] if n < 12 else "A",
    )
    for n in range(16)
)


class Stub:
    """Prefers a position, or a text, by fixed weights; fails where told to."""

    identity: Mapping[str, Any] = {"kind": "stub"}

    def __init__(self, *, likes: str = "A", concurrency: int = 1, chunk: int = 3, failing: Sequence[int] = ()) -> None:
        self.likes, self.concurrency, self.chunk = likes, concurrency, chunk
        self.failing, self.asked, self.most = set(failing), list[Request](), 0
        self.under_way = 0

    async def answer(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        assert len(requests) <= self.chunk
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(0)
        self.under_way -= 1
        return [self._one(request) for request in requests]

    def _one(self, request: Request) -> Outcome:
        self.asked.append(request)
        if len(self.asked) in self.failing:
            return Failure("server", "overloaded")
        shown = {option.letter: option.text for option in request.item.options}
        weights = {letter: 0.6 if self.likes in (letter, text) else 0.1 for letter, text in shown.items()}
        known = {letter: math.log(weight) for letter, weight in weights.items()}
        return Answer(max(known, key=lambda one: known[one]), notes={"option_logprobs": known})

    async def close(self) -> None:
        """Nothing to end."""


def request(item: Item) -> Request:
    return Request(item, render(item), ())


def wrapped(inner: Any, permutations: Any = "cyclic") -> OptionScored:
    return OptionScored(inner, renders={"perception": render}, permutations=permutations)


def ask(model: OptionScored, items: Sequence[Item] = ITEMS) -> Sequence[Outcome]:
    return asyncio.run(model.answer([request(item) for item in items]))


def accuracy(outcomes: Sequence[Outcome]) -> float:
    texts = [outcome.text for outcome in outcomes if isinstance(outcome, Answer)]
    return sum(bool(score(item, text).correct) for item, text in zip(ITEMS, texts, strict=True)) / len(ITEMS)


def test_a_model_that_always_prefers_the_first_position_is_at_chance_once_the_options_are_turned() -> None:
    outcomes = ask(wrapped(Stub(likes="A")))
    for outcome in outcomes:
        assert isinstance(outcome, Answer)
        assert outcome.notes["option_probabilities"] == pytest.approx(dict.fromkeys("ABCD", 0.25))
    by_position = ask(wrapped(Stub(likes="A"), "none"))
    assert accuracy(by_position) == sum(item.answer == "A" for item in ITEMS) / len(ITEMS) == 7 / 16
    assert {outcome.text for outcome in by_position if isinstance(outcome, Answer)} == {"A"}


def test_a_model_that_prefers_a_text_finds_it_wherever_it_stands() -> None:
    for permutations in ("none", "cyclic"):
        outcomes = ask(wrapped(Stub(likes="strong"), permutations))
        assert {outcome.text for outcome in outcomes if isinstance(outcome, Answer)} == {"C"}


def test_a_model_gets_no_more_calls_at_a_time_than_it_takes() -> None:
    for concurrency in (1, 2):
        inner = Stub(concurrency=concurrency, chunk=3)
        ask(wrapped(inner))
        assert (inner.most, len(inner.asked)) == (concurrency, 64)
    parallel = Stub(concurrency=8, chunk=1)
    ask(wrapped(parallel), ITEMS[:1])
    assert (parallel.most, len(parallel.asked)) == (4, 4)


def test_turns_are_kept_one_by_one_and_never_asked_twice(tmp_path: Path) -> None:
    inner = Stub(chunk=1, failing=[3])
    model = wrapped(inner)
    with Journal(tmp_path / "journal.sqlite") as journal:
        assert isinstance(model, KeepsParts)
        model.keep_in(journal)
        first = ask(model, ITEMS[:1])[0]
        assert isinstance(first, Failure)
        assert first.message == "turn 3 of 4: overloaded"
        again = ask(model, ITEMS[:1])[0]
        assert isinstance(again, Answer)
        assert len(inner.asked) == 5
        assert inner.asked[-1].prompt == inner.asked[2].prompt


def test_an_error_is_raised_after_what_came_back_is_kept(tmp_path: Path) -> None:
    class Broke(Stub):
        async def answer(self, requests: Sequence[Request]) -> Sequence[Outcome]:
            if "A. mild" in requests[0].prompt:
                raise BudgetReached("no money left")
            await asyncio.sleep(0.01)
            return await super().answer(requests)

    model = wrapped(Broke(concurrency=8, chunk=1))
    with Journal(tmp_path / "journal.sqlite") as journal:
        model.keep_in(journal)
        with pytest.raises(BudgetReached):
            ask(model, ITEMS[:1])
        assert journal.count() == 3


def test_scoring_and_permutations_are_in_the_identity() -> None:
    inner = Stub()
    identities = [wrapped(inner, permutations).identity for permutations in ("none", "cyclic")]
    assert identities[0] != identities[1] != inner.identity
    assert identities[0] == {"kind": "stub", "scoring": "logprob", "permutations": "none"}


def test_a_prompt_that_makes_no_letter_come_first_is_told() -> None:
    class Prose(Stub):
        def _one(self, request: Request) -> Outcome:
            return Answer("A", notes={"option_logprobs": {"A": math.log(0.01)}, "option_logprob_bound": -9.0})

    model = wrapped(Prose(), "none")
    ask(model)
    assert "the option letters have 1% of the first token's probability" in model.notes()[0]
    sound = wrapped(Stub(), "none")
    ask(sound)
    assert sound.notes() == []


def api(url: str, **given: Any) -> ModelSettings:
    defaults: dict[str, Any] = {"kind": "litellm", "id": "tested", "temperature": 0.7, "top_p": 0.9, "seed": "run"}
    return first_token_settings(ModelSettings(**{**defaults, "api_base": url, "timeout_s": 5, **given}))


def over_http(settings: ModelSettings, permutations: Any, items: Sequence[Item]) -> tuple[Sequence[Outcome], ApiModel]:
    async def run() -> tuple[Sequence[Outcome], ApiModel]:
        inner = ApiModel(settings)
        model = wrapped(inner, permutations)
        try:
            return [(await model.answer([request(item)]))[0] for item in items], inner
        finally:
            await model.close()

    return asyncio.run(run())


def test_a_server_is_asked_for_one_token_with_all_the_alternatives_that_it_lists() -> None:
    with serve() as server:
        (answer,), model = over_http(api(server.url, extra={"repetition_penalty": 1.0}), "none", ITEMS[:1])
        body = dict(server.server.last_body)
    sent = {"max_tokens": 1, "temperature": 0, "logprobs": True, "top_logprobs": 20, "repetition_penalty": 1.0}
    assert {name: value for name, value in body.items() if name not in ("model", "messages")} == sent
    assert model.identity["decoding"] == sent
    assert isinstance(answer, Answer)
    # The fault server gives 0.8 to its letter and 0.04, 0.02, 0.01 to the others.
    assert sorted(answer.notes["option_probabilities"].values()) == pytest.approx(
        [value / 0.87 for value in (0.01, 0.02, 0.04, 0.8)], rel=1e-3
    )
    assert answer.notes["letter_mass"] == pytest.approx(0.87, rel=1e-3)


def test_a_server_without_log_probabilities_ends_the_run_after_five_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    from medq.errors import ModelUnusable
    from medq.faultserver.dialects import openai

    monkeypatch.setattr(openai, "_logprobs", lambda *_: None)
    with serve() as server:
        with pytest.raises(ModelUnusable, match="sent no log-probabilities"):
            over_http(api(server.url), "none", ITEMS)
        assert server.stats()["calls"] == 5


def test_faults_of_the_server_change_no_average() -> None:
    with serve() as server:
        sound, _ = over_http(api(server.url), "cyclic", ITEMS[:6])
    with serve("transient=0.3", seed=3, retry_after_s=0.01) as server:
        faulty, _ = over_http(api(server.url, backoff_s=0.01), "cyclic", ITEMS[:6])
        assert server.stats()["calls"] > 24
    probabilities = [outcome.notes["option_probabilities"] for outcome in sound if isinstance(outcome, Answer)]
    assert probabilities == [one.notes["option_probabilities"] for one in faulty if isinstance(one, Answer)]
    assert len(probabilities) == 6
