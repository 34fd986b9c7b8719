"""What is asked of Slurm, in submitit's words and in the batch file that it writes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.shards.slurm import SlurmLauncher
from medq.shards.slurm_request import merge_request, shard_request


def on_slurm(**slurm: Any) -> HardwareSettings:
    return HardwareSettings(name="slurm", device="cuda", launcher="slurm", shards=4, slurm=slurm)


@pytest.fixture
def batch_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The text of the batch file for those parameters."""
    (tmp_path / "srun").write_text("#!/bin/sh\n")
    (tmp_path / "srun").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    def text(parameters: Any) -> str:
        import submitit

        executor = submitit.AutoExecutor(tmp_path / "folder", cluster="slurm")
        executor.update_parameters(**parameters)
        return str(executor._executor._make_submission_file_text("true", "0"))

    return text


def test_every_setting_reaches_the_batch_file(batch_file: Any) -> None:
    hardware = on_slurm(
        partition="gpu", account="lab", qos="long", time_min=90, cpus=6, memory_gib=48,
        setup=("module load cuda", "export A=1"), parameters={"constraint": "h100", "mail-type": "END"},
    )  # fmt: skip
    text = batch_file(shard_request(hardware, gpus=2, name="medq-run"))
    for flag in (
        "job-name=medq-run", "partition=gpu", "account=lab", "qos=long", "time=90", "cpus-per-task=6", "mem=48GB",
        "gpus-per-node=2", "constraint=h100", "mail-type=END", "nodes=1", "requeue\n", "signal=USR2@90",
    ):  # fmt: skip
        assert f"#SBATCH --{flag}" in text
    assert "\nmodule load cuda\nexport A=1\n" in text


def test_a_parameter_of_the_users_own_replaces_ours(batch_file: Any) -> None:
    hardware = on_slurm(parameters={"--gres": "gpu:a100:2", "time": "1-00:00:00"})
    text = batch_file(shard_request(hardware, gpus=2, name="n"))
    assert "--gres=gpu:a100:2" in text
    assert "gpus-per-node" not in text
    assert text.count("--time=") == 1


def test_the_merging_job_waits_for_the_array_and_takes_no_gpu(batch_file: Any) -> None:
    text = batch_file(merge_request(on_slurm(parameters={"gres": "gpu:1"}), after="77", name="n"))
    assert "--dependency=afterany:77" in text
    assert "gpu:1" not in text
    assert "gpus" not in text


def test_no_gpu_is_asked_for_where_none_is_needed() -> None:
    assert "gpus_per_node" not in shard_request(on_slurm(), gpus=0, name="n")


def test_without_submitit_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "submitit", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"extra `slurm`"):
        SlurmLauncher(on_slurm()).check(None)  # type: ignore[arg-type]


def test_jobs_of_this_machine_are_waited_for() -> None:
    with pytest.raises(ConfigError, match=r"hardware\.slurm\.wait"):
        SlurmLauncher(on_slurm(cluster="local", wait=False)).check(None)  # type: ignore[arg-type]


def test_without_slurm_it_is_said_where_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigError, match=r"no program sbatch here.*hardware\.slurm\.cluster=local"):
        SlurmLauncher(on_slurm()).check(None)  # type: ignore[arg-type]
