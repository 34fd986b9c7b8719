"""The environment that vLLM finds when it is loaded into this process."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

from medq.machine import this_machine

# What the user has set stays. Its processes are started afresh: threads of this one would not survive a fork.
DEFAULTS = {
    "VLLM_NO_USAGE_STATS": "1",
    "DO_NOT_TRACK": "1",
    "VLLM_WORKER_MULTIPROC_METHOD": "spawn",
    "VLLM_LOGGING_LEVEL": "WARNING",
}
VISIBLE, ORDER = "CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER"
BY_UUID = "GPU-"


def prepare_environment(environment: MutableMapping[str, str] = os.environ) -> None:
    """Sets what vLLM reads, in this process alone: no usage statistics, few lines of log, GPUs by number."""
    for name, value in DEFAULTS.items():
        environment.setdefault(name, value)
    number_gpus(environment)


def number_gpus(environment: MutableMapping[str, str]) -> None:
    """Has CUDA_VISIBLE_DEVICES name GPUs by nvidia-smi's numbers, since releases of vLLM read nothing else there.

    Left alone where it holds numbers, slices of a GPU, or a GPU that nvidia-smi does not show.
    """
    given = [part.strip() for part in environment.get(VISIBLE, "").split(",")]
    if not all(part.startswith(BY_UUID) for part in given):
        return
    numbers = [gpu.index for gpu in this_machine(environment).gpus]
    if len(numbers) == len(given):
        environment.update({VISIBLE: ",".join(numbers), ORDER: "PCI_BUS_ID"})
