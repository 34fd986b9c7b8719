"""Tokens drawn from a question's own seed."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

pytestmark = pytest.mark.local
LOGITS = [2.0, 1.0, 0.0, -1.0, -30.0]


def drawn(seeds: list[int], steps: int = 1, *, temperature: float = 1.0, **options: Any) -> list[list[int]]:
    """The tokens of each row over some steps with the same logits."""
    import torch

    from medq.models.local.sampling import SeededSampling

    options = {"top_p": None, "top_k": None} | options
    sampling = SeededSampling(seeds, temperature=temperature, **options)
    scores = torch.tensor([LOGITS] * len(seeds))
    chosen = [sampling(torch.zeros(len(seeds), 1, dtype=torch.long), scores).argmax(-1).tolist() for _ in range(steps)]
    return [list(row) for row in zip(*chosen, strict=True)]


@pytest.mark.parametrize("temperature", [1.0, 0.5, 2.0])
def test_tokens_are_drawn_as_often_as_their_probability_says(temperature: float) -> None:
    import torch

    count = 6000
    found = Counter(row[0] for row in drawn(list(range(count)), temperature=temperature))
    expected = (torch.tensor(LOGITS) / temperature).softmax(-1).tolist()
    for token, probability in enumerate(expected):
        spread = (count * probability * (1 - probability)) ** 0.5
        assert abs(found[token] - count * probability) < 4.5 * spread + 1e-9 + (probability < 1e-6)


def test_a_row_depends_on_its_own_seed_alone() -> None:
    together = drawn([11, 12, 13], steps=20)
    assert drawn([12], steps=20) == [together[1]]
    assert drawn([13, 11], steps=20) == [together[2], together[0]]
    assert together[0] != together[1]


def test_top_p_leaves_the_most_probable_tokens_alone() -> None:
    assert {row[0] for row in drawn(list(range(500)), top_p=0.85)} == {0, 1}


def test_top_k_leaves_so_many_tokens() -> None:
    assert {row[0] for row in drawn(list(range(500)), top_k=3)} == {0, 1, 2}


def test_a_token_without_probability_is_never_drawn() -> None:
    import torch

    from medq.models.local.sampling import SeededSampling

    scores = torch.full((2000, 4), -torch.inf)
    scores[:, 2] = 0.0
    sampling = SeededSampling(list(range(2000)), temperature=1.0, top_p=None, top_k=None)
    assert set(sampling(torch.zeros(2000, 1, dtype=torch.long), scores).argmax(-1).tolist()) == {2}
