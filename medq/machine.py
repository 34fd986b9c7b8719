"""The GPUs, the memory and the processors of this machine, asked without loading torch."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MIB_PER_GIB = 1024
COMMAND_TIMEOUT_S = 10
VISIBLE, ORDER = "CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER"
BY_UUID = "GPU-"
CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True, slots=True)
class Gpu:
    """One NVIDIA GPU. `index` is the driver's number, `memory_gib` None where it is a slice (MIG) of unknown size."""

    index: str
    uuid: str
    name: str
    memory_gib: float | None

    def described(self) -> str:
        """Name and memory: "NVIDIA H100 80GB HBM3, 79.6 GiB"."""
        return self.name if self.memory_gib is None else f"{self.name}, {self.memory_gib:.1f} GiB"


@dataclass(frozen=True, slots=True)
class Machine:
    """What open weights can use: visible GPUs, main memory in GiB (a container's limit where it is lower), cores."""

    gpus: tuple[Gpu, ...]
    memory_gib: float
    cores: int

    def gpu_memory_gib(self) -> float | None:
        """Of the smallest GPU, since any of them may be given any part of a model; None where one is unknown."""
        sizes = [gpu.memory_gib for gpu in self.gpus]
        known = [size for size in sizes if size is not None]
        return min(known) if known and len(known) == len(sizes) else None


def this_machine(environment: Mapping[str, str] = os.environ) -> Machine:
    """This machine, with the GPUs that CUDA_VISIBLE_DEVICES leaves; none where `nvidia-smi` is missing or fails."""
    query = ("nvidia-smi", "--query-gpu=index,uuid,name,memory.total", "--format=csv,noheader,nounits")
    found = list(_gpus((output(*query) or "").splitlines()))
    return Machine(tuple(visible(found, environment.get(VISIBLE))), _memory_gib(), os.cpu_count() or 1)


def visible(gpus: Sequence[Gpu], devices: str | None) -> Iterable[Gpu]:
    """The GPUs that CUDA shows under CUDA_VISIBLE_DEVICES, in its order: all where unset, none after a wrong entry.

    >>> two = [Gpu("0", "GPU-aa", "A100", 80.0), Gpu("1", "GPU-bb", "A100", 80.0)]
    >>> [gpu.index for gpu in visible(two, "1,0")], list(visible(two, "")), list(visible(two, "-1,0"))
    (['1', '0'], [], [])
    """
    if devices is None:
        yield from gpus
        return
    for entry in (part.strip() for part in devices.split(",")):
        if entry.startswith("MIG-"):
            yield Gpu(entry, entry, "MIG slice", None)
            continue
        named = [gpu for gpu in gpus if entry == gpu.index or (entry.startswith("GPU-") and gpu.uuid.startswith(entry))]
        if len(named) != 1:
            return
        yield named[0]


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


def output(*command: str, timeout_s: float = COMMAND_TIMEOUT_S) -> str | None:
    """What a command prints; None where there is no such program, or it fails or hangs."""
    if shutil.which(command[0]) is None:
        return None
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout_s, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _gpus(lines: Iterable[str]) -> Iterable[Gpu]:
    """The rows of nvidia-smi; a row without a number for its memory (some unified-memory boards) has None."""
    for line in lines:
        cells = [cell.strip() for cell in line.split(",")]
        if len(cells) == 4:
            size = cells[3]
            yield Gpu(cells[0], cells[1], cells[2], float(size) / MIB_PER_GIB if size.isdigit() else None)


def _memory_gib() -> float:
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = CGROUP_LIMIT.read_text(encoding="ascii").strip()
    except OSError:
        limit = "max"
    return (min(physical, int(limit)) if limit.isdigit() else physical) / 2**30
