"""The forward pass: held questions joined to batches as large as memory allows, each row given back to its question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from threading import Event
from typing import TYPE_CHECKING, Any

from medq.models.local.decoding import Decoding
from medq.models.local.joining import TOKENS, join, signature, tensors
from medq.models.local.letters import letter_log_probabilities
from medq.models.local.memory import is_out_of_memory
from medq.models.local.sampling import SeededSampling
from medq.models.local.turn import Turn

if TYPE_CHECKING:
    import torch


class OutOfMemory(Exception):
    """Memory ran out for one question alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """What came out for one question: `tokens` (1, prompt and answer), the number of each, and how it ended."""

    tokens: Any
    tokens_in: int
    tokens_out: int
    finish_reason: str
    option_logprobs: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A question with its tensors."""

    turn: Turn
    inputs: Mapping[str, Any]

    def kind(self) -> tuple[Any, ...]:
        """Equal for questions that one forward pass can answer."""
        return (bool(self.turn.request.letters), *signature(self.inputs))


class Generator:
    """Answers held questions on one thread of its own, so that a device sees one batch at a time.

    `working` is the batch size that has fitted so far: memory that runs out halves it for good. `generate` is the
    model's method.
    """

    def __init__(self, model: Any, tokenizer: Any, decoding: Decoding, *, batch_size: int) -> None:
        self.working = batch_size
        self.halved = 0
        self._model = model
        self._generate = model.generate
        self._decoding = decoding
        self._vocabulary = tokenizer.get_vocab()
        self._ends = _end_tokens(model, tokenizer)
        self._pad = next(one for one in (tokenizer.pad_token_id, *self._ends, 0) if one is not None)
        self._thread = ThreadPoolExecutor(1, "medq-generate")
        self._stop = Event()

    def answer(self, turns: Sequence[Turn]) -> dict[Turn, Row | BaseException]:
        """A row or an exception for each turn that is held, in batches of at most `working`."""
        held = [Held(turn, tensors(inputs)) for turn in turns if (inputs := turn.inputs()) is not None]
        found: dict[Turn, Row | BaseException] = {}
        for _, same in groupby(sorted(held, key=lambda one: str(one.kind())), key=Held.kind):
            waiting = list(same)
            while waiting:
                count = min(self.working, len(waiting))
                found |= self._tried(waiting[:count])
                waiting = waiting[count:]
        return found

    def close(self) -> None:
        """Ends the generation under way at its next token."""
        self._stop.set()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _tried(self, batch: Sequence[Held]) -> dict[Turn, Row | BaseException]:
        """The rows of a batch; where it fails, of its halves (memory) or of its questions one by one."""
        under_way = self._thread.submit(self._batch, batch)
        error = under_way.exception()
        if error is None:
            return {one.turn: row for one, row in zip(batch, under_way.result(), strict=True)}
        memory = is_out_of_memory(error)
        if memory:
            _empty_cache()
        if len(batch) == 1:
            return {batch[0].turn: OutOfMemory(str(error)) if memory else error}
        size = -(-len(batch) // 2) if memory else 1
        if memory and size < self.working:
            self.working, self.halved = size, self.halved + 1
        parts = [batch[start : start + size] for start in range(0, len(batch), size)]
        return {turn: row for part in parts for turn, row in self._tried(part).items()}

    def _batch(self, batch: Sequence[Held]) -> list[Row]:
        inputs = join([one.inputs for one in batch], pad=self._pad)
        inputs = {name: self._cast(value) for name, value in inputs.items()}
        if batch[0].turn.request.letters:
            return self._letters(batch, inputs)
        sequences = self._generate(
            **inputs, **self._options(self._decoding.max_tokens), logits_processor=self._drawing(batch)
        )
        length = inputs[TOKENS].shape[1]
        return [self._row(one, new) for one, new in zip(batch, sequences[:, length:], strict=True)]

    def _letters(self, batch: Sequence[Held], inputs: Mapping[str, Any]) -> list[Row]:
        """One step: the logits of the first token, before anything is done to them."""
        made = self._generate(**inputs, **self._options(1), output_logits=True, return_dict_in_generate=True)
        logits = made.logits[0]
        rows = []
        for one, values in zip(batch, logits, strict=True):
            found = letter_log_probabilities(values, one.turn.request.letters, self._vocabulary)
            prompt = one.inputs[TOKENS]
            rows.append(Row(prompt, prompt.shape[1], 1, "stop", found))
        return rows

    def _row(self, one: Held, new: torch.Tensor) -> Row:
        import torch

        ids = new.tolist()
        end = next((place for place, token in enumerate(ids) if token in self._ends), None)
        kept = new if end is None else new[: end + 1]
        prompt = one.inputs[TOKENS]
        tokens = torch.cat((prompt, kept[None].to(prompt.device)), dim=1)
        return Row(tokens, prompt.shape[1], len(kept), "length" if end is None else "stop")

    def _cast(self, value: torch.Tensor) -> torch.Tensor:
        return value.to(self._model.dtype) if value.is_floating_point() else value

    def _options(self, max_new_tokens: int) -> dict[str, Any]:
        from transformers import GenerationConfig, StoppingCriteriaList

        config = GenerationConfig(
            max_new_tokens=max_new_tokens,
            do_sample=False,
            num_beams=1,
            temperature=1.0,
            top_p=1.0,
            top_k=0,
            repetition_penalty=self._decoding.repetition_penalty,
            eos_token_id=sorted(self._ends) or None,
            pad_token_id=self._pad,
            use_cache=True,
        )
        return {"generation_config": config, "stopping_criteria": StoppingCriteriaList([self._stopped])}

    def _stopped(self, input_ids: torch.Tensor, _scores: Any, **_options: Any) -> torch.Tensor:
        import torch

        return torch.full((input_ids.shape[0],), self._stop.is_set(), device=input_ids.device)

    def _drawing(self, batch: Sequence[Held]) -> Any:
        from transformers import LogitsProcessorList

        decoding = self._decoding
        if not decoding.sampled:
            return LogitsProcessorList()
        seeds = [one.turn.request.seed if decoding.seed is None else decoding.seed for one in batch]
        return LogitsProcessorList(
            [SeededSampling(seeds, temperature=decoding.temperature, top_p=decoding.top_p, top_k=decoding.top_k)]
        )


def _end_tokens(model: Any, tokenizer: Any) -> set[int]:
    """Every token that ends an answer: the checkpoint lists some (Gemma's end of turn) that the tokenizer does not."""
    listed = model.generation_config.eos_token_id
    several = listed if isinstance(listed, (list, tuple)) else [listed]
    return {int(one) for one in (*several, tokenizer.eos_token_id) if one is not None}


def _empty_cache() -> None:
    import torch

    if torch.cuda.is_available():
        torch.cuda.empty_cache()
