"""Sampling that depends on a question's own seed alone, not on its batch, its shard or the device's generator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import torch


class SeededSampling:
    """A logits processor that draws each row's next token and leaves it as the only possible one.

    Temperature, then top-k, then top-p, then the inverse of the cumulative distribution at a uniform number of the
    row's own stream (Philox with the row's seed), in float64. Decoding itself stays greedy. One object serves one call
    of `generate`.
    """

    def __init__(self, seeds: Sequence[int], *, temperature: float, top_p: float | None, top_k: int | None) -> None:
        from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

        self._streams = [np.random.Generator(np.random.Philox(seed)) for seed in seeds]
        self._warpers: list[Any] = [TemperatureLogitsWarper(float(temperature))]
        if top_k:
            self._warpers.append(TopKLogitsWarper(top_k))
        if top_p is not None and top_p < 1:
            self._warpers.append(TopPLogitsWarper(top_p))

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """Scores (rows, vocabulary) of which each row has one at 0 and the others at minus infinity."""
        import torch

        for warp in self._warpers:
            scores = warp(input_ids, scores)
        cumulative = scores.double().softmax(-1).cumsum(-1)
        drawn = torch.tensor([[stream.random()] for stream in self._streams], dtype=torch.float64)
        place = drawn.to(scores.device) * cumulative[:, -1:]
        token = torch.searchsorted(cumulative, place, right=True).clamp_(max=scores.shape[-1] - 1)
        return torch.full_like(scores, -torch.inf).scatter_(1, token, 0.0)
