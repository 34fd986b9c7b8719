"""The baseline as a model."""

import asyncio
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from medq.models.interface import Answer, Failure, Outcome, Request
from medq.models.iqa import Iqa, model
from medq_tasks.data import load_items
from medq_tasks.images import SentImage, to_sent
from medq_tasks.item import Item, Option
from medq_tasks.sample import sample_file

MARGIN = 0.15


def requests_of(task: str, split: str, limit: int | None = None) -> list[Request]:
    items = load_items(sample_file(task, split), task=task, split=split)[:limit]
    return [
        Request(item, item.question, tuple(to_sent(image.read(), name=image.name) for image in item.images))
        for item in items
    ]


def ask(requests: list[Request]) -> list[Outcome]:
    async def run() -> list[Outcome]:
        iqa = Iqa(concurrency=2)
        outcomes = [*await iqa.answer(requests)]
        await iqa.close()
        return outcomes

    return asyncio.run(run())


def texts(requests: list[Request]) -> list[str]:
    outcomes = ask(requests)
    assert all(isinstance(outcome, Answer) for outcome in outcomes)
    return [outcome.text for outcome in outcomes if isinstance(outcome, Answer)]


def png(values: np.ndarray) -> SentImage:
    out = io.BytesIO()
    Image.fromarray(values).save(out, format="PNG")
    return to_sent(out.getvalue(), name="test.png")


def test_it_is_clearly_above_chance_on_the_test_split() -> None:
    requests = requests_of("perception", "test")
    right = [text == request.item.answer for text, request in zip(texts(requests), requests, strict=True)]
    chance = np.mean([1 / len(request.item.options) for request in requests])
    accuracy = np.mean(right)
    assert accuracy > chance + MARGIN
    assert accuracy - 1.96 * np.sqrt(accuracy * (1 - accuracy) / len(right)) > chance


def test_neither_the_gold_answer_nor_any_axis_of_the_item_is_used() -> None:
    requests = requests_of("perception", "dev", limit=24)
    blind = [
        replace(
            request,
            item=Item(
                id="hidden",
                task="perception",
                question=request.item.question,
                images=(),
                options=request.item.options,
                answer="Z",
            ),
        )
        for request in requests
    ]
    assert texts(blind) == texts(requests)


@pytest.mark.parametrize("split", ["dev", "test"])
def test_free_text_ends_in_the_conclusion_that_is_asked_for(split: str) -> None:
    for text in texts(requests_of("reasoning", split, limit=6)):
        assert text.rsplit(" ", 1)[1] in {"good.", "usable.", "reject."}
    for text in texts(requests_of("comparison", split, limit=6)):
        assert text.endswith(
            ("Overall, the first image has higher quality.", "Overall, the second image has higher quality.")
        )


def test_an_image_is_measured_once_for_all_its_questions_and_votes(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = []

    def counting(picture: object) -> dict[str, float]:
        measured.append(picture)
        return real(picture)  # type: ignore[arg-type,return-value]

    real = model.measure
    monkeypatch.setattr(model, "measure", counting)
    image = png(np.random.default_rng(0).integers(0, 256, (64, 64), dtype=np.uint8))
    item = Item("q", "perception", "Is this image noisy?", (), options=(Option("A", "Yes"), Option("B", "No")))
    other = replace(item, question="Is it sharp?")
    ask([Request(one, "", (image,), sample=vote) for vote in range(10) for one in (item, other)])
    assert len(measured) == 1


def test_an_image_that_cannot_be_used_is_a_failure_and_no_answer() -> None:
    item = Item("q", "perception", "Is it sharp?", (), options=(Option("A", "Yes"), Option("B", "No")))
    tiny = png(np.zeros((8, 8), np.uint8))
    broken = replace(tiny, data=tiny.data[:40], sent_sha256="other")
    outcomes = ask([Request(item, "", (tiny,)), Request(item, "", (broken,))])
    assert all(isinstance(outcome, Failure) and outcome.permanent and outcome.kind == "file" for outcome in outcomes)


def test_the_identity_holds_the_version_of_everything_that_decides_an_answer() -> None:
    assert Iqa().identity == {"kind": "iqa", "version": model.digest()}
