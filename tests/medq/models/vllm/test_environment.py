"""What vLLM finds in the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from medq.models.vllm.environment import prepare_environment

ROWS = ("0, GPU-aa, NVIDIA H100, 81559", "1, GPU-bb, NVIDIA H100, 81559")


@pytest.fixture
def two_gpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\n" + "".join(f"echo '{row}'\n" for row in ROWS))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")


@pytest.mark.usefixtures("two_gpus")
@pytest.mark.parametrize(
    ("given", "found", "order"),
    [
        ("GPU-bb,GPU-aa", "1,0", "PCI_BUS_ID"),
        ("GPU-bb", "1", "PCI_BUS_ID"),
        ("1", "1", None),
        ("GPU-cc", "GPU-cc", None),
        ("MIG-aa", "MIG-aa", None),
        ("", "", None),
    ],
)
def test_gpus_are_named_by_number_because_vllm_reads_no_uuids(given: str, found: str, order: str | None) -> None:
    environment = {"CUDA_VISIBLE_DEVICES": given}
    prepare_environment(environment)
    assert environment["CUDA_VISIBLE_DEVICES"] == found
    assert environment.get("CUDA_DEVICE_ORDER") == order


def test_no_statistics_are_sent_and_what_the_user_set_stays() -> None:
    environment = {"VLLM_LOGGING_LEVEL": "INFO"}
    prepare_environment(environment)
    assert environment == {
        "VLLM_LOGGING_LEVEL": "INFO",
        "VLLM_NO_USAGE_STATS": "1",
        "DO_NOT_TRACK": "1",
        "VLLM_WORKER_MULTIPROC_METHOD": "spawn",
    }
