"""GPUs for a copy and copies on all GPUs."""

from __future__ import annotations

import pytest

from medq.hardware import HardwareSettings
from medq.models.gpu_count import at_once, copies_held, fewest_gpus, gpus_that_hold
from medq.models.memory import Need

LARGE = Need(weights=136.7, question=1.5, device=1.5)
SMALL = Need(weights=7.0, question=0.5, device=1.0)
PROCESS = HardwareSettings(name="gpu8", device="cuda", dtype="bfloat16", batch_size=8, shards=None)
VLLM = HardwareSettings(name="vllm", device="cuda", dtype="bfloat16", place="vllm")


@pytest.mark.parametrize(
    ("gpu_gib", "place", "most", "expected"),
    [(140.4, "process", 8, 2), (79.6, "process", 8, 2), (22.5, "process", 8, 8), (22.5, "process", 4, None)],
)
def test_the_smallest_power_of_two_is_taken(gpu_gib: float, place: str, most: int, expected: int | None) -> None:
    assert gpus_that_hold(LARGE, gpu_gib, place=place, most=most) == expected


def test_all_gpus_are_tried_in_process_but_not_for_tensor_parallel_servers() -> None:
    assert gpus_that_hold(LARGE, 52.0, place="process", most=3) == 3
    assert gpus_that_hold(LARGE, 52.0, place="vllm", most=3) is None


def test_a_batch_decides_where_it_can_and_one_question_where_it_cannot() -> None:
    for batch, gpus in ((1, 2), (8, 4), (900, 2)):
        assert fewest_gpus(PROCESS.model_copy(update={"batch_size": batch}), LARGE, 79.6, most=8) == gpus


def test_a_configured_number_is_kept_or_refused() -> None:
    for gpus, expected in ((8, 8), (2, 2), (1, None)):
        assert fewest_gpus(PROCESS.model_copy(update={"gpus_per_model": gpus}), LARGE, 79.6, most=8) == expected


def test_copies_share_a_gpu_only_where_each_needs_one() -> None:
    assert copies_held(PROCESS, SMALL, 22.5, gpus_per_model=1, count=8) == 16
    assert copies_held(PROCESS, LARGE, 79.6, gpus_per_model=2, count=7) == 3


def test_vllm_in_this_process_shares_no_gpu() -> None:
    local = VLLM.model_copy(update={"place": "vllm_local"})
    assert copies_held(local, SMALL, 22.5, gpus_per_model=1, count=8) == 8


def test_a_server_is_counted_with_one_question() -> None:
    assert (at_once(PROCESS), at_once(VLLM)) == (8, 1)
