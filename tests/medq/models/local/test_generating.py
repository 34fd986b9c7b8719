"""The forward pass, with a stand-in for the network."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from medq.models.interface import Request
from medq.models.local.decoding import Decoding
from medq.models.local.turn import Turn, current
from medq_tasks.item import Item

pytestmark = pytest.mark.local
GREEDY = Decoding(max_tokens=6, temperature=0.0, top_p=None, top_k=None, repetition_penalty=1.0, seed=None)
END, OTHER_END, PAD = 2, 7, 0


class Network:
    """Answers each row with its last token, once more, an end token, and padding; keeps the sizes of its batches."""

    def __init__(self) -> None:
        import torch

        self.dtype = torch.float32
        self.generation_config = SimpleNamespace(eos_token_id=[END, OTHER_END])
        self.rows: list[int] = []
        self.options: dict[str, Any] = {}

    def generate(self, *, input_ids: Any, attention_mask: Any, **options: Any) -> Any:
        import torch

        self.rows.append(len(input_ids))
        self.options = options
        last = input_ids[:, -1:]
        end = torch.where(last > 50, OTHER_END, END)
        return torch.cat((input_ids, last, last, end, torch.full_like(last, PAD)), dim=1)


def generator(network: Network, *, batch_size: int = 4) -> Any:
    from medq.models.local.generating import Generator

    tokenizer = SimpleNamespace(eos_token_id=END, pad_token_id=PAD, get_vocab=lambda: {"A": 1})
    return Generator(network, tokenizer, GREEDY, batch_size=batch_size)


def held(pool: Any, tokens: list[int]) -> Turn:
    """A question whose prompt is those tokens, waiting at `generate`."""
    import torch

    turn = Turn(Request(Item("1", "perception", "q", ()), "prompt", ()))
    row = torch.tensor([tokens])
    turn.start(pool, lambda _: str(current().hold({"input_ids": row, "attention_mask": torch.ones_like(row)})))
    return turn


def test_each_question_gets_its_own_row_without_padding() -> None:
    network = Network()
    with ThreadPoolExecutor(4) as pool:
        turns = [held(pool, [9, 10, 11]), held(pool, [60])]
        found = generator(network).answer(turns)
        for turn in turns:
            turn.generated.set_result("")
    assert found[turns[0]].tokens.tolist() == [[9, 10, 11, 11, 11, END]]
    assert found[turns[1]].tokens.tolist() == [[60, 60, 60, OTHER_END]]
    assert [(one.tokens_in, one.tokens_out, one.finish_reason) for one in found.values()] == [
        (3, 3, "stop"),
        (1, 3, "stop"),
    ]
    assert network.rows == [2]


def test_every_end_token_of_the_checkpoint_ends_an_answer_and_nothing_of_its_decoding_counts() -> None:
    network = Network()
    with ThreadPoolExecutor(1) as pool:
        turn = held(pool, [9])
        generator(network).answer([turn])
        turn.generated.set_result("")
    config = network.options["generation_config"]
    assert config.eos_token_id == [END, OTHER_END]
    assert (config.do_sample, config.num_beams, config.repetition_penalty) == (False, 1, 1.0)
    assert config.max_new_tokens == 6


def test_a_batch_is_never_larger_than_the_size_that_works() -> None:
    network = Network()
    with ThreadPoolExecutor(8) as pool:
        turns = [held(pool, [n + 9]) for n in range(7)]
        made = generator(network, batch_size=3)
        found = made.answer(turns)
        for turn in turns:
            turn.generated.set_result("")
    assert network.rows == [3, 3, 1]
    assert [found[turn].tokens[0, 0].item() for turn in turns] == list(range(9, 16))


def test_an_answer_without_an_end_was_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    network = Network()
    monkeypatch.setattr(network, "generate", lambda **given: torch.cat([given["input_ids"]] * 2, dim=1))
    with ThreadPoolExecutor(1) as pool:
        turn = held(pool, [9, 10])
        found = generator(network).answer([turn])
        turn.generated.set_result("")
    assert (found[turn].finish_reason, found[turn].tokens_out) == ("length", 2)


def test_closing_stops_the_generation_under_way() -> None:
    network = Network()
    began, ended = threading.Event(), threading.Event()

    def generate(*, input_ids: Any, stopping_criteria: Any, **_options: Any) -> Any:
        began.set()
        while not bool(stopping_criteria(input_ids, None).all()):
            pass
        ended.set()
        return input_ids

    network.generate = generate  # type: ignore[method-assign]
    made = generator(network)
    with ThreadPoolExecutor(2) as pool:
        turn = held(pool, [9])
        answering = pool.submit(made.answer, [turn])
        assert began.wait(10)
        made.close()
        assert ended.is_set()
        answering.result(10)
        turn.generated.set_result("")
