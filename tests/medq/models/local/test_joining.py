"""Questions joined to a batch."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.local


def question(tokens: list[int], patches: int, fill: float) -> dict[str, Any]:
    import torch

    return {
        "input_ids": torch.tensor([tokens]),
        "attention_mask": torch.ones(1, len(tokens), dtype=torch.long),
        "mm_token_type_ids": torch.ones(1, len(tokens), dtype=torch.long),
        "pixel_values": torch.full((patches, 6), fill),
        "image_grid_thw": torch.tensor([[1, 1, patches]]),
    }


def test_tokens_are_padded_on_the_left_and_images_follow_in_order() -> None:
    from medq.models.local.joining import join

    joined = join([question([5, 6, 7], 2, 1.0), question([8], 3, 2.0)], pad=99)
    assert joined["input_ids"].tolist() == [[5, 6, 7], [99, 99, 8]]
    assert joined["attention_mask"].tolist() == [[1, 1, 1], [0, 0, 1]]
    assert joined["mm_token_type_ids"].tolist() == [[1, 1, 1], [0, 0, 1]]
    assert joined["pixel_values"][:, 0].tolist() == [1, 1, 2, 2, 2]
    assert joined["image_grid_thw"].tolist() == [[1, 1, 2], [1, 1, 3]]


def test_a_question_alone_stays_as_it_is() -> None:
    from medq.models.local.joining import join

    one = question([5, 6], 2, 1.0)
    joined = join([one], pad=99)
    assert all(bool((joined[name] == one[name]).all()) for name in one)


def test_images_that_do_not_stack_are_not_put_into_one_batch() -> None:
    import torch

    from medq.models.local.joining import signature

    one, other = question([5, 6], 2, 1.0), question([5], 7, 1.0)
    assert signature(one) == signature(other)
    other["pixel_values"] = torch.zeros(1, 7)
    assert signature(one) != signature(other)


def test_only_tensors_of_the_arguments_are_inputs() -> None:
    from medq.models.local.joining import tensors

    arguments = {**question([1], 1, 0.0), "max_new_tokens": 4, "eos_token_id": 2, "temperature": None}
    assert set(tensors(arguments)) == set(question([1], 1, 0.0))
