"""Requests of lmms-eval as our questions: the file's own bytes wherever they hold the pixels shown."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from medq.lmms_question import Asked, questions
from medq_tasks.lmms.docs import doc_of
from medq_tasks.lmms.items import items_of
from medq_tasks.lmms.visual import images
from medq_tasks.perception import render


@pytest.fixture(autouse=True)
def sample_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MEDQ_DATA", raising=False)


def shown(*pictures: Image.Image, text: str = "Q") -> list[dict[str, Any]]:
    parts = [{"type": "image", "url": picture} for picture in pictures]
    return [{"role": "user", "content": [*parts, {"type": "text", "text": text}]}]


def asked(place: int = 0, **changed: Any) -> Asked:
    item = items_of("perception", "test")[place]
    fields: dict[str, Any] = {
        "doc": doc_of(item, place),
        "task": "medq_perception_test",
        "doc_id": place,
        "messages": lambda doc: shown(*images(doc), text=render(item)),
        "generation": {"do_sample": False, "temperature": 0},
    }
    return Asked(**{**fields, **changed})


def test_the_bytes_of_the_file_are_sent_and_the_prompt_is_ours() -> None:
    item = items_of("perception", "test")[0]
    (question,) = questions([asked()])
    assert (question.prompt, question.item.id, question.item.answer) == (render(item), item.id, item.answer)
    assert [image.read() for image in question.item.images] == [image.read() for image in item.images]


def test_pixels_that_another_window_or_size_made_are_sent_as_shown() -> None:
    picture = Image.new("RGB", (9, 5), (1, 2, 3))
    (question,) = questions([asked(messages=lambda _: shown(picture))])
    data = question.item.images[0].read()
    assert data.startswith(b"\x89PNG")
    with Image.open(io.BytesIO(data)) as sent:
        assert (sent.size, sent.tobytes()) == (picture.size, picture.tobytes())


def test_documents_of_other_tasks_are_asked_with_their_pictures() -> None:
    pictures = Image.new("L", (4, 4), 9), Image.new("RGB", (5, 5), (7, 8, 9))
    other = asked(doc={"question": "?"}, task="other", doc_id=3, messages=lambda _: shown(*pictures, text="Which?"))
    (question,) = questions([other])
    assert (question.item.id, question.item.task, question.prompt) == ("3", "other", "Which?")
    sizes = [Image.open(io.BytesIO(image.read())).size for image in question.item.images]
    assert sizes == [(4, 4), (5, 5)]


def test_a_repeated_document_is_the_next_vote() -> None:
    assert [one.sample for one in questions([asked(0), asked(1), asked(0)])] == [0, 0, 1]


@pytest.mark.parametrize(
    ("generation", "temperature"),
    [({"do_sample": False, "temperature": 0.7}, 0.0), ({"temperature": 1.0}, 1.0), ({}, None)],
)
def test_the_task_says_how_it_is_sampled(generation: dict[str, Any], temperature: float | None) -> None:
    assert asked(generation=generation).temperature() == temperature
