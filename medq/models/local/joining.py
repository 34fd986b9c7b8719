"""Prepared questions to one batch: token rows padded on the left, image tensors one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

TOKENS = "input_ids"


def tensors(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The tensors among the arguments that a class calls `generate` with; the rest is decoding."""
    import torch

    return {name: value for name, value in arguments.items() if isinstance(value, torch.Tensor)}


def signature(inputs: Mapping[str, Any]) -> tuple[Any, ...]:
    """Equal for questions that can be put into one batch."""
    row = inputs[TOKENS].shape
    return tuple(
        (name, value.dtype, "row" if value.shape == row else tuple(value.shape[1:]))
        for name, value in sorted(inputs.items())
    )


def join(questions: Sequence[Mapping[str, Any]], *, pad: int) -> dict[str, Any]:
    """One batch of questions with equal signatures, each of batch size 1.

    Tensors of the shape of the token ids are padded on the left, token ids with `pad` and masks and kinds with 0;
    all others, of images, are put one after the other in the order of the questions.
    """
    import torch

    length = max(one[TOKENS].shape[1] for one in questions)
    joined = {}
    for name in questions[0]:
        parts = [one[name] for one in questions]
        if parts[0].shape == questions[0][TOKENS].shape:
            value = pad if name == TOKENS else 0
            parts = [_padded(part, length, value) for part in parts]
        joined[name] = torch.cat(parts)
    return joined


def _padded(row: torch.Tensor, length: int, value: int) -> torch.Tensor:
    import torch

    return torch.nn.functional.pad(row, (length - row.shape[1], 0), value=value)
