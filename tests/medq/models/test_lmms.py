"""Open weights in this process, for real: tiny random weights through the very classes that the real weights use."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from medq.errors import ConfigError
from medq.models.interface import Answer, Failure, Request
from medq.models.local.picture import open_picture
from medq.models.settings import LocalSettings
from medq_tasks.images import to_sent
from tests.medq.models.local.small_questions import model, outcomes, png, questions, sent, texts
from tests.tiny_models import CLASSES, tiny

pytestmark = pytest.mark.local
FAMILIES = tuple(CLASSES)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_batch_of_four_answers_as_four_alone(family: str) -> None:
    asked = questions(8)
    alone, together = texts(outcomes(model(family), asked)), texts(outcomes(model(family, batch=4), asked))
    assert alone == together
    assert len(set(alone)) > 6, "answers that are all the same would hide a mix-up"


@pytest.mark.parametrize("family", FAMILIES)
def test_an_answer_does_not_depend_on_its_neighbours(family: str) -> None:
    asked = questions(8)
    forward = texts(outcomes(model(family, batch=3), asked))
    assert texts(outcomes(model(family, batch=3), asked[::-1]))[::-1] == forward


@pytest.mark.parametrize("family", FAMILIES)
def test_the_text_is_that_of_plain_transformers(family: str) -> None:
    asked = questions(2)
    assert texts(outcomes(model(family, batch=2), asked)) == [plainly(family, one) for one in asked]


def plainly(family: str, request: Request) -> str:
    """The same question without lmms-eval and without the bridge."""
    processor, network, inputs = plain_inputs(family, request)
    made = network.generate(**inputs, max_new_tokens=8, do_sample=False)
    new = made[:, inputs["input_ids"].shape[1] :]
    return str(processor.batch_decode(new, skip_special_tokens=True, clean_up_tokenization_spaces=False)[0])


def plain_inputs(family: str, request: Request) -> tuple[Any, Any, Any]:
    import torch
    from transformers import AutoModelForImageTextToText

    from medq.models.local.processor import ImageOnly

    folder = str(tiny(family))
    processor = ImageOnly().from_pretrained(folder)
    network = AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float32)
    images = [open_picture(one).image for one in request.images]
    content = [{"type": "image", "image": one} for one in images] + [{"type": "text", "text": request.prompt}]
    chat = [{"role": "user", "content": content}]
    text = processor.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)
    return processor, network, processor(text=[text], images=images, return_tensors="pt")


@pytest.mark.parametrize("family", ["qwen2_5_vl", "llava"])
def test_a_sampled_answer_depends_on_its_own_seed_alone(family: str) -> None:
    asked = questions(4)
    votes = [Request(one.item, one.prompt, one.images, vote, 100 * vote + one.seed) for one in asked for vote in (0, 1)]
    alone = texts(outcomes(model(family, temperature=1.0), votes))
    assert texts(outcomes(model(family, batch=4, temperature=1.0), votes)) == alone
    assert all(first != second for first, second in zip(alone[::2], alone[1::2], strict=True))


@pytest.mark.parametrize("family", FAMILIES)
def test_letters_get_the_log_probabilities_of_a_plain_forward_pass(family: str) -> None:
    import torch

    asked = questions(3, letters=("A", "B", "C"))
    found = outcomes(model(family, batch=3), asked)
    for request, outcome in zip(asked, found, strict=True):
        assert isinstance(outcome, Answer)
        processor, network, inputs = plain_inputs(family, request)
        with torch.no_grad():
            logs = network(**inputs).logits[0, -1].float().log_softmax(-1)
        ids = processor.tokenizer.get_vocab()
        expected = {one: float(logs[[ids[one], ids["Ġ" + one]]].logsumexp(0)) for one in "ABC"}
        assert outcome.notes["option_logprobs"] == pytest.approx(expected, abs=1e-4)
        assert outcome.text == max(expected, key=expected.__getitem__)


def test_questions_for_letters_and_for_text_share_a_chunk() -> None:
    asked = [questions(1, letters=("A", "B"))[0], *questions(2)[1:]]
    first, second = outcomes(model("qwen2_5_vl", batch=2), asked)
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert first.text in "AB"
    assert second.text == texts(outcomes(model("qwen2_5_vl"), asked[1:]))[0]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_image_reaches_the_processor_with_the_pixels_of_its_file(family: str) -> None:
    asked = questions(3)
    with_notes = model(family)
    for request, outcome in zip(asked, outcomes(with_notes, asked), strict=True):
        assert isinstance(outcome, Answer)
        seen = outcome.notes["processor"]
        assert seen["pixels_identical"] is True
        assert [one["pixels_sha256"] for one in seen["images"]] == [open_picture(one).sha256 for one in request.images]
        assert [tuple(one["input"]) for one in seen["images"]] == [(one.width, one.height) for one in request.images]
    assert with_notes.notes()[0].startswith("images bit-identical up to the processor: 4/4; it resampled 4 of them")
    assert with_notes.report()["processor"]["bit_identical"] == 4


def test_an_image_that_cannot_be_opened_fails_alone() -> None:
    clear = to_sent(png(_transparent()), name="transparent")
    asked = questions(3)
    asked[1] = Request(asked[1].item, asked[1].prompt, (clear,))
    first, second, third = outcomes(model("qwen2_5_vl", batch=3), asked)
    assert isinstance(second, Failure)
    assert second.kind == "file"
    assert "transparent pixels" in second.message
    assert texts([first, third]) == texts(outcomes(model("qwen2_5_vl"), [asked[0], asked[2]]))


def _transparent() -> Any:
    import numpy as np

    return np.full((60, 60, 4), 7, np.uint8)


@pytest.mark.parametrize("family", ["qwen2_5_vl", "internvl"])
def test_memory_that_runs_out_halves_the_batch_for_good(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = questions(8)
    expected = texts(outcomes(model(family), asked))
    limited(monkeypatch, lambda rows: rows > 2)
    small = model(family, batch=8)
    assert texts(outcomes(small, asked)) == expected
    assert small.report()["batch_size"] == 2
    assert small.notes()[-1] == "memory ran out at hardware.batch_size=8: went on with 2"


def test_memory_that_runs_out_for_one_question_is_its_failure_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, lambda rows: True)
    found = outcomes(model("llava", batch=2), questions(2))
    assert [one.kind for one in found if isinstance(one, Failure)] == ["memory", "memory"]
    assert "hardware.max_pixels" in found[0].message if isinstance(found[0], Failure) else False


def test_a_question_whose_tensors_found_no_room_beside_others_is_asked_again_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from medq.models.local import engine

    asked = questions(3)
    expected = texts(outcomes(model("llava"), asked))
    honest, tried = engine.ask, []

    def ask(lm: Any, turn: Any) -> str:
        tried.append(turn.request.item.id)
        if turn.request.item.id == "1" and tried.count("1") == 1:
            raise RuntimeError("CUDA out of memory. Tried to allocate 38.00 MiB")
        return honest(lm, turn)

    monkeypatch.setattr(engine, "ask", ask)
    assert texts(outcomes(model("llava", batch=3), asked)) == expected
    assert sorted(tried) == ["0", "1", "1", "2"]


def test_an_exception_in_the_forward_pass_of_one_question_fails_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = questions(4)
    expected = texts(outcomes(model("internvl"), asked))
    from medq.models.local.generating import Generator

    honest = Generator._batch
    bad = asked[2].prompt

    def batch(self: Generator, held: Any) -> Any:
        if any(one.turn.request.prompt == bad for one in held):
            raise ValueError("a number that is none")
        return honest(self, held)

    monkeypatch.setattr(Generator, "_batch", batch)
    found = outcomes(model("internvl", batch=4), asked)
    assert isinstance(found[2], Failure)
    assert found[2].message == "ValueError: a number that is none"
    assert texts([found[0], found[1], found[3]]) == [expected[0], expected[1], expected[3]]


def limited(monkeypatch: pytest.MonkeyPatch, too_many: Any) -> None:
    """Makes the forward pass of that many rows raise as a full GPU does."""
    from medq.models.local.generating import Generator

    honest = Generator._batch

    def batch(self: Generator, held: Any) -> Any:
        if too_many(len(held)):
            raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return honest(self, held)

    monkeypatch.setattr(Generator, "_batch", batch)


def test_more_questions_than_a_batch_in_one_call_do_not_wait_for_each_other() -> None:
    small = model("llava", batch=2)

    async def ask() -> Any:
        try:
            return await asyncio.wait_for(asyncio.gather(small.answer(questions(7)), small.answer(questions(5))), 120)
        finally:
            await small.close()

    first, second = asyncio.run(ask())
    assert texts(first)[:5] == texts(second)


def test_a_model_that_was_closed_loads_again() -> None:
    again = model("llava")
    first = texts(outcomes(again, questions(1)))
    assert texts(outcomes(again, questions(1))) == first


def test_nothing_is_loaded_and_torch_not_imported_before_the_first_question() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from tests.medq.models.local.small_questions import model; "
        f"import tests.tiny_models as t; t.tiny = lambda _: __import__('pathlib').Path({str(tiny('llava'))!r}); "
        "m = model('llava'); assert m.identity; assert not {'torch', 'transformers', 'lmms_eval'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, cwd=Path(__file__).parents[3])


def test_weights_that_cannot_be_loaded_end_the_run_with_the_reason(tmp_path: Path) -> None:
    for file in tiny("llava").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "processor_config.json").unlink()
    (tmp_path / "tokenizer.json").unlink()
    with pytest.raises(ConfigError, match=r"cannot be loaded by lmms-eval's llava_hf: \w+"):
        outcomes(model("llava", path=tmp_path), questions(1))


def test_the_identity_is_the_same_for_every_batch_size_and_differs_with_what_changes_answers() -> None:
    one = model("qwen2_5_vl").identity
    assert model("qwen2_5_vl", batch=4, hardware={"shards": 2}).identity == one
    assert model("qwen2_5_vl", hardware={"dtype": "bfloat16"}).identity != one
    assert model("qwen2_5_vl", hardware={"max_pixels": 100_000}).identity != one
    assert model("qwen2_5_vl", max_tokens=9).identity != one
    assert model("qwen2_5_vl", temperature=1.0).identity != one
    assert model("qwen2_5_vl", local=LocalSettings(model="huggingface")).identity != one


@pytest.mark.parametrize("bound", [3136, 20_000, 200_000])
def test_bounds_on_pixels_reach_the_processor_of_qwen(bound: int) -> None:
    large = Request(questions(1)[0].item, "How?", (sent(5, 400, 300),))
    (found,) = outcomes(model("qwen2_5_vl", hardware={"max_pixels": bound}), [large])
    assert isinstance(found, Answer)
    width, height = found.notes["processor"]["images"][0]["resized"]
    assert 0.4 * min(bound, 400 * 300) < width * height <= bound
