"""How probable a model finds each option's letter as the first token of its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

SPACES = " Ġ▁"


def tokens_of(letter: str, vocabulary: Mapping[str, int]) -> list[int]:
    """The tokens that mean this letter, with or without a space before it; empty where the vocabulary has none.

    >>> tokens_of("A", {"A": 5, "ĠA": 7, "▁A": 8, "AB": 9, "a": 1})
    [5, 7, 8]
    """
    spelled = (letter, *(space + letter for space in SPACES))
    return sorted({vocabulary[token] for token in spelled if token in vocabulary})


def letter_log_probabilities(
    logits: torch.Tensor, letters: Sequence[str], vocabulary: Mapping[str, int]
) -> dict[str, float]:
    """Natural logarithm of the probability of each letter, from the logits (vocabulary,) of the first token.

    The probabilities of a letter's tokens add up. A letter without a token is left out.
    """
    logs = logits.float().log_softmax(-1)
    ids: dict[str, Any] = {letter: tokens_of(letter, vocabulary) for letter in letters}
    return {letter: float(logs[tokens].logsumexp(0)) for letter, tokens in ids.items() if tokens}
