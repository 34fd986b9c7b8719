"""Log-probabilities of letters."""

from __future__ import annotations

import math

import pytest

from medq.models.local.letters import tokens_of


def test_a_letter_is_meant_with_and_without_a_space_before_it() -> None:
    assert tokens_of("B", {"B": 1, "ĠB": 2, " B": 3, "▁B": 4, "b": 5, "ĠĠB": 6, "BA": 7}) == [1, 2, 3, 4]


@pytest.mark.local
def test_the_probabilities_of_a_letters_tokens_add_up() -> None:
    import torch

    from medq.models.local.letters import letter_log_probabilities

    logits = torch.tensor([0.0, 1.0, 2.0, 3.0])
    whole = sum(math.exp(one) for one in (0, 1, 2, 3))
    found = letter_log_probabilities(logits, ("A", "B", "Z"), {"A": 0, "ĠA": 3, "B": 2})
    assert found == {
        "A": pytest.approx(math.log((1 + math.exp(3)) / whole), abs=1e-6),
        "B": pytest.approx(math.log(math.exp(2) / whole), abs=1e-6),
    }
