"""What a shard asks of Slurm, in submitit's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medq.hardware import HardwareSettings, SlurmSettings

# Any of these in `hardware.slurm.parameters` is the user's own way to ask for GPUs.
_GPU_PARAMETERS = frozenset({"gres", "gpus", "gpus_per_node", "gpus_per_task"})
_MERGE_MINUTES = 60
_MERGE_CPUS = 2


def shard_request(hardware: HardwareSettings, *, gpus: int, name: str) -> Mapping[str, Any]:
    """Parameters for submitit's `AutoExecutor` of a job that runs one shard on `gpus` GPUs of one node."""
    slurm = hardware.slurm
    asked = _asked(slurm, name=name, minutes=slurm.time_min, cpus=slurm.cpus)
    if gpus and not _GPU_PARAMETERS & _normal(slurm.parameters).keys():
        asked["gpus_per_node"] = gpus
    return asked


def merge_request(hardware: HardwareSettings, *, after: str, name: str) -> Mapping[str, Any]:
    """Parameters of the job that merges, once every job of the array `after` has ended, in whatever way."""
    asked = _asked(hardware.slurm, name=name, minutes=_MERGE_MINUTES, cpus=_MERGE_CPUS)
    extra = {key: value for key, value in asked["slurm_additional_parameters"].items() if key not in _GPU_PARAMETERS}
    return {**asked, "slurm_additional_parameters": {**extra, "dependency": f"afterany:{after}"}}


def _asked(slurm: SlurmSettings, *, name: str, minutes: int, cpus: int) -> dict[str, Any]:
    shared = {
        "name": name,
        "timeout_min": minutes,
        "cpus_per_task": cpus,
        "mem_gb": slurm.memory_gib,
        "nodes": 1,
        "tasks_per_node": 1,
        "stderr_to_stdout": True,
    }
    if slurm.cluster == "local":
        return {**shared, "local_setup": list(slurm.setup)}
    named = {"partition": slurm.partition, "account": slurm.account, "qos": slurm.qos}
    return {
        **shared,
        **{f"slurm_{key}": value for key, value in named.items() if value is not None},
        "slurm_setup": list(slurm.setup),
        # Also where the cluster does not queue a preempted job again unless it is asked to.
        "slurm_additional_parameters": {"requeue": True, **_normal(slurm.parameters)},
    }


def _normal(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """As submitit spells them, so that the user's own value takes the place of ours."""
    return {key.lstrip("-").replace("-", "_"): value for key, value in parameters.items()}
