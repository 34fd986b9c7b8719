"""The loop with models that misbehave."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from medq.errors import BudgetReached, ConfigError, ModelUnusable
from medq.journal import Journal
from medq.models.interface import Answer, Failure, Outcome, Request
from medq.run.loop import Asked, ask_all, from_journal
from medq.run.question import Preparer, Question
from medq_tasks.errors import ImageError
from medq_tasks.item import Item


class Picture:
    """An image source that counts how often it is read."""

    def __init__(self, data: bytes | None) -> None:
        self.data, self.name, self.reads = data, "picture", 0

    def read(self) -> bytes:
        self.reads += 1
        if self.data is None:
            raise ImageError("picture: expected an image, found none; restore the file")
        return self.data


class Scripted:
    """A model that answers by the script: text, a failure, or an exception."""

    def __init__(self, script: Callable[[str], Outcome | Exception], chunk: int = 1) -> None:
        self.identity: Mapping[str, Any] = {"kind": "scripted"}
        self.concurrency = 3
        self.script, self.chunk = script, chunk
        self.asked: list[str] = []

    async def answer(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        assert len(requests) <= self.chunk
        outcomes = []
        for request in requests:
            self.asked.append(request.item.id)
            outcome = self.script(request.item.id)
            await asyncio.sleep(0)
            if isinstance(outcome, Exception):
                raise outcome
            outcomes.append(outcome)
        return outcomes

    async def close(self) -> None:
        """Nothing to end."""


def question(name: str, data: bytes | None, prompt: str | None = None) -> Question:
    return Question(Item(name, "perception", "q", (Picture(data),)), prompt or f"prompt {name}", 0)


def ask(model: Scripted, questions: Sequence[Question], path: Path) -> tuple[list[Asked], list[bool]]:
    seen: list[bool] = []
    prepare = Preparer(identity=model.identity, seed=0, window=None, allow_lossy=False, keep=None)

    async def run(journal: Journal) -> list[Asked]:
        return await ask_all(
            questions, prepare=prepare, model=model, journal=journal, observe=lambda _, known: seen.append(known)
        )

    with Journal(path) as journal:
        return asyncio.run(run(journal)), seen


@pytest.fixture
def png() -> bytes:
    import io

    from PIL import Image

    buffer = io.BytesIO()
    Image.new("L", (4, 4), 7).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("chunk", [1, 4])
def test_outcomes_stand_in_the_order_of_the_questions(tmp_path: Path, png: bytes, chunk: int) -> None:
    model = Scripted(lambda name: Answer(name.upper()), chunk)
    asked, _ = ask(model, [question(f"q{n}", png) for n in range(50)], tmp_path / "j")
    assert [one.outcome.text for one in asked if isinstance(one.outcome, Answer)] == [f"Q{n}" for n in range(50)]


def test_a_failure_is_kept_and_asked_again_and_an_answer_is_not(tmp_path: Path, png: bytes) -> None:
    questions = [question(f"q{n}", png) for n in range(6)]
    failing = Scripted(lambda name: Failure("server", "500") if name == "q2" else Answer("A"))
    asked, _ = ask(failing, questions, tmp_path / "j")
    assert [isinstance(one.outcome, Failure) for one in asked] == [False, False, True, False, False, False]
    well = Scripted(lambda _: Answer("B"))
    again, known = ask(well, questions, tmp_path / "j")
    assert well.asked == ["q2"]
    assert sorted(known) == [False, True, True, True, True, True]
    assert [one.outcome.text for one in again if isinstance(one.outcome, Answer)] == ["A", "A", "B", "A", "A", "A"]


def test_what_a_model_raises_is_the_failure_of_that_item_alone(tmp_path: Path, png: bytes) -> None:
    model = Scripted(lambda name: ValueError("broken head") if name == "q1" else Answer("A"))
    asked, _ = ask(model, [question(f"q{n}", png) for n in range(4)], tmp_path / "j")
    failure = asked[1].outcome
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.message) == ("internal", "ValueError: broken head")
    assert sum(isinstance(one.outcome, Answer) for one in asked) == 3


def test_an_unusable_model_ends_the_loop(tmp_path: Path, png: bytes) -> None:
    model = Scripted(lambda _: ModelUnusable("wrong key"))
    with pytest.raises(ModelUnusable, match="wrong key"):
        ask(model, [question(f"q{n}", png) for n in range(200)], tmp_path / "j")
    assert len(model.asked) < 20


def test_the_same_question_twice_is_asked_once(tmp_path: Path, png: bytes) -> None:
    model = Scripted(lambda _: Answer("A"))
    asked, seen = ask(model, [question(name, png, "the same prompt") for name in ("one", "two")], tmp_path / "j")
    assert len(model.asked) == 1
    assert [one.outcome for one in asked] == [Answer("A"), Answer("A")]
    assert len(seen) == 2


def test_an_image_that_cannot_be_read_fails_its_item_and_asks_nothing(tmp_path: Path, png: bytes) -> None:
    model = Scripted(lambda _: Answer("A"))
    asked, _ = ask(model, [question("good", png), question("gone", None)], tmp_path / "j")
    assert model.asked == ["good"]
    assert isinstance(asked[1].outcome, Failure)
    assert asked[1].outcome.kind == "file"


def test_a_run_without_one_readable_image_stops_at_once(tmp_path: Path) -> None:
    model = Scripted(lambda _: Answer("A"))
    with pytest.raises(ConfigError, match="none of the first 5 images"):
        ask(model, [question(f"q{n}", None) for n in range(30)], tmp_path / "j")


def test_scoring_from_the_journal_asks_nothing_and_keeps_what_is_missing(tmp_path: Path, png: bytes) -> None:
    questions = [question(f"q{n}", png) for n in range(3)]
    model = Scripted(lambda name: Failure("server", "500") if name == "q1" else Answer("A"))
    ask(model, questions[:2], tmp_path / "j")
    prepare = Preparer(identity=model.identity, seed=0, window=None, allow_lossy=False, keep=None)
    with Journal(tmp_path / "j") as journal:
        asked = from_journal(questions, prepare=prepare, journal=journal)
    assert [type(one.outcome) for one in asked] == [Answer, Failure, type(None)]


def test_images_are_read_late_and_not_all_at_once(tmp_path: Path, png: bytes) -> None:
    questions = [question(f"q{n}", png) for n in range(400)]
    reads: list[int] = []

    def script(name: str) -> Outcome:
        reads.append(sum(one.item.images[0].reads for one in questions))  # type: ignore[attr-defined]
        return Answer("A")

    ask(Scripted(script), questions, tmp_path / "j")
    assert reads[0] < 100


class Slow(Scripted):
    """Answers after a while; what its script raises, it raises at once."""

    async def answer(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        outcomes = await super().answer(requests)
        await asyncio.sleep(0.03)
        return outcomes


@pytest.mark.parametrize("refused", ["q0", "q2", "q7"])
def test_a_reached_budget_lets_the_calls_under_way_end_and_keeps_them(tmp_path: Path, png: bytes, refused: str) -> None:
    model = Slow(lambda name: BudgetReached("reached") if name == refused else Answer("A"))
    with pytest.raises(BudgetReached, match="reached"):
        ask(model, [question(f"q{n}", png) for n in range(400)], tmp_path / "j")
    with Journal(tmp_path / "j") as journal:
        assert journal.count() == len(model.asked) - 1
    assert len(model.asked) <= int(refused[1:]) + 1 + model.concurrency
