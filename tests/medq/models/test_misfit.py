"""What would do for weights that do not fit."""

from __future__ import annotations

import pytest

from medq.hardware import HardwareSettings
from medq.models.memory import need
from medq.models.misfit import needs, too_large_for_main_memory, would_do
from medq.models.settings import ModelSettings

CPU = HardwareSettings(name="cpu")


def weights(size_b: float) -> ModelSettings:
    return ModelSettings(kind="lmms", name="x", id="org/x", parameters_b=size_b)


@pytest.mark.parametrize(
    ("size_b", "words"),
    [
        (8.3, "at bfloat16 it fits on 1 x 24 GB or 1 x 80 GB"),
        (73.4, "at bfloat16 it fits on 8 x 24 GB or 4 x 80 GB"),
        (235.7, "at bfloat16 it fits on 8 x 80 GB"),
        (1000.0, "it fits on no 16 GPUs of 80 GB"),
    ],
)
def test_common_gpus_that_hold_it_are_named(size_b: float, words: str) -> None:
    assert would_do(weights(size_b), CPU) == words


def test_half_the_bytes_are_offered_only_where_they_would_fit() -> None:
    taken = need(weights(8.3), CPU)
    assert taken is not None
    assert "hardware.dtype=bfloat16 would fit" in str(too_large_for_main_memory(weights(8.3), CPU, taken, 24.0))
    assert "would fit" not in str(too_large_for_main_memory(weights(8.3), CPU, taken, 12.0))
    half = CPU.model_copy(update={"dtype": "bfloat16"})
    taken = need(weights(8.3), half)
    assert taken is not None
    assert "would fit" not in str(too_large_for_main_memory(weights(8.3), half, taken, 12.0))
    assert needs(weights(8.3), half, taken) == "x needs about 17 GiB at bfloat16"
