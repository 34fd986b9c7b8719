"""What this machine offers open weights."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from medq import machine as machines
from medq.machine import Gpu, Machine, output, this_machine, visible

TWO = [Gpu("0", "GPU-aa11", "A100", 80.0), Gpu("1", "GPU-bb22", "A10", 22.5)]


@pytest.mark.parametrize(
    ("devices", "left"),
    [
        (None, ["0", "1"]),
        ("1", ["1"]),
        ("1,0", ["1", "0"]),
        ("GPU-bb", ["1"]),
        ("", []),
        ("-1", []),
        ("0,7,1", ["0"]),
        ("GPU-", []),
    ],
)
def test_cuda_visible_devices_leaves_what_cuda_would_show(devices: str | None, left: list[str]) -> None:
    assert [gpu.index for gpu in visible(TWO, devices)] == left


def test_the_smallest_gpu_counts_and_a_slice_of_unknown_size_makes_all_unknown() -> None:
    assert Machine(tuple(TWO), 64.0, 8).gpu_memory_gib() == 22.5
    with_a_slice = (*TWO, *visible(TWO, "MIG-7f"))
    assert Machine(with_a_slice, 64.0, 8).gpu_memory_gib() is None
    assert Machine((), 64.0, 8).gpu_memory_gib() is None


@pytest.fixture
def driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, first in PATH, with an nvidia-smi that reports two GPUs."""
    script = tmp_path / "nvidia-smi"
    script.write_text(
        "#!/bin/sh\necho '0, GPU-aa, NVIDIA H100 80GB HBM3, 81559'\necho '1, GPU-bb, NVIDIA GB10, [N/A]'\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return script


@pytest.mark.usefixtures("driver")
def test_gpus_are_read_from_the_driver() -> None:
    found = this_machine({"CUDA_VISIBLE_DEVICES": "0"})
    assert [gpu.described() for gpu in found.gpus] == ["NVIDIA H100 80GB HBM3, 79.6 GiB"]
    assert found.gpu_memory_gib() == pytest.approx(81559 / 1024)
    assert [gpu.memory_gib is None for gpu in this_machine({}).gpus] == [False, True]
    assert found.memory_gib > 0
    assert found.cores > 0


def test_a_driver_that_fails_or_is_missing_means_no_gpu(driver: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    driver.write_text("#!/bin/sh\necho 'Failed to initialize NVML'\nexit 9\n")
    assert this_machine({}).gpus == ()
    monkeypatch.setenv("PATH", str(driver.parent / "nowhere"))
    assert this_machine({}).gpus == ()
    assert output("no-such-program-at-all") is None


def test_a_container_s_limit_is_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = tmp_path / "memory.max"
    limit.write_text(f"{2**30}\n")
    monkeypatch.setattr(machines, "CGROUP_LIMIT", limit)
    assert this_machine({}).memory_gib == 1.0
    limit.write_text("max\n")
    assert this_machine({}).memory_gib > 1.0
