"""What counts as memory that ran out."""

from __future__ import annotations

import pytest

from medq.models.local.memory import is_out_of_memory


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("CUDA out of memory. Tried to allocate 20.00 GiB"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory: you tried ..."),
        MemoryError(),
    ],
)
def test_memory_that_ran_out_is_known_by_its_words(error: BaseException) -> None:
    assert is_out_of_memory(error)


@pytest.mark.local
def test_the_exception_of_torch_is_known_by_its_type() -> None:
    import torch

    assert is_out_of_memory(torch.cuda.OutOfMemoryError("no words"))


@pytest.mark.parametrize("error", [RuntimeError("shapes differ"), ValueError("out of memory"), OSError("disk full")])
def test_other_failures_are_not(error: BaseException) -> None:
    assert not is_out_of_memory(error)
