"""Whether open weights fit where they are to run, on how many GPUs a copy lies, and how many copies there is room for.

Asked before anything is loaded: a wrong choice costs one line, not a download and half an hour of loading.
"""

from __future__ import annotations

from dataclasses import dataclass

from medq.errors import ConfigError
from medq.hardware import IN_PROCESS, HardwareSettings
from medq.machine import Machine, this_machine
from medq.models.gpu_count import NODE_GPUS, at_once, copies_held, fewest_gpus
from medq.models.memory import USABLE, USABLE_MAIN_MEMORY, Need, need
from medq.models.misfit import needs, too_large_for_gpus, too_large_for_main_memory, would_do
from medq.models.place import SERVER, check_place
from medq.models.settings import ModelSettings

NO_SIZE = "the model's size is not known; set model.parameters_b or model.path"


@dataclass(frozen=True, slots=True)
class Fit:
    """Where a model goes. `gpus_per_model` is 0 where it takes none; `copies` of the weights lie side by side.

    `needed_gib` is of one copy, None where it is not known; `note` says what was found, or why nothing was checked;
    None for a model without weights here.
    """

    gpus_per_model: int
    copies: int
    needed_gib: float | None = None
    note: str | None = None


def fit(settings: ModelSettings, hardware: HardwareSettings, machine: Machine | None = None) -> Fit:
    """The fit of a model on that hardware of that machine, by default of this one.

    Raises `ConfigError`, one line that says what would do, for weights that cannot run there.
    """
    if settings.kind != "lmms":
        return Fit(gpus_per_model=0, copies=1)
    check_place(settings, hardware)
    taken = need(settings, hardware)
    if hardware.place not in IN_PROCESS and hardware.server.command is not None:
        return _unchecked(hardware, "hardware.server.command is your own")
    if hardware.launcher == "ray" or (hardware.launcher == "slurm" and hardware.slurm.cluster != "local"):
        return _on_a_cluster(settings, hardware, taken)
    machine = machine or this_machine()
    if hardware.device == "cpu":
        return _in_main_memory(settings, hardware, taken, machine)
    return _on_gpus(settings, hardware, taken, machine)


def _on_gpus(settings: ModelSettings, hardware: HardwareSettings, taken: Need | None, machine: Machine) -> Fit:
    if not machine.gpus:
        raise ConfigError(
            f"hardware={hardware.name} needs a GPU; nvidia-smi shows none here that CUDA_VISIBLE_DEVICES leaves: "
            f"use hardware=cpu for a small model, {SERVER}"
        )
    count, given = len(machine.gpus), hardware.gpus_per_model
    if given is not None and given > count:
        raise ConfigError(f"hardware.gpus_per_model={given}: expected at most the {count} GPUs here; set it to {count}")
    gpu_gib = hardware.gpu_memory_gib or machine.gpu_memory_gib()
    if taken is None or gpu_gib is None:
        why = NO_SIZE if taken is None else "the GPU's memory is not known; set hardware.gpu_memory_gib"
        return _unchecked(hardware, why, copies=count // (given or 1))
    gpus = fewest_gpus(hardware, taken, gpu_gib, most=count)
    if gpus is None:
        raise too_large_for_gpus(settings, hardware, taken, gpu_gib, machine)
    _room_for_shards(hardware, copies_held(hardware, taken, gpu_gib, gpus_per_model=gpus, count=count))
    where = f"{gpus} of {count} GPUs ({machine.gpus[0].name}, {gpu_gib:.0f} GiB each)"
    note = _note(settings, hardware, taken, devices=gpus, usable_gib=gpus * gpu_gib * USABLE[hardware.place])
    return Fit(gpus, count // gpus, taken.of(at_once(hardware), gpus), f"{note}, on {where}")


def _in_main_memory(settings: ModelSettings, hardware: HardwareSettings, taken: Need | None, machine: Machine) -> Fit:
    if taken is None:
        return _unchecked(hardware, NO_SIZE)
    usable_gib = machine.memory_gib * USABLE_MAIN_MEMORY
    room = int(usable_gib / taken.of(1, 1))
    if room == 0:
        raise too_large_for_main_memory(settings, hardware, taken, machine.memory_gib)
    _room_for_shards(hardware, room)
    note = _note(settings, hardware, taken, devices=1, usable_gib=usable_gib)
    where = f"{machine.memory_gib:.0f} GiB of main memory"
    # More processes than cores would only wait for one another.
    return Fit(0, max(1, min(room, machine.cores)), taken.of(at_once(hardware), 1), f"{note}, in {where}")


def _on_a_cluster(settings: ModelSettings, hardware: HardwareSettings, taken: Need | None) -> Fit:
    """This machine says nothing of the nodes: what the configuration says of them counts."""
    copies = hardware.shards or 1
    if taken is None:
        return _unchecked(hardware, NO_SIZE, copies=copies)
    if hardware.device == "cpu":
        return _in_a_node(settings, hardware, taken, copies)
    gpu_gib = hardware.gpu_memory_gib
    if gpu_gib is None:
        return _unchecked(hardware, "hardware.gpu_memory_gib, of a GPU of the cluster, is not set", copies=copies)
    most = hardware.gpus_per_model or NODE_GPUS
    gpus = fewest_gpus(hardware, taken, gpu_gib, most=most)
    if gpus is None:
        has = f"hardware={hardware.name} gives it {most} x {gpu_gib:.0f} GiB"
        raise ConfigError(f"{needs(settings, hardware, taken)}; {has}: {would_do(settings, hardware)}, {SERVER}")
    note = _note(settings, hardware, taken, devices=gpus, usable_gib=gpus * gpu_gib * USABLE[hardware.place])
    return Fit(gpus, copies, taken.of(at_once(hardware), gpus), f"{note}, on {gpus} x {gpu_gib:.0f} GiB of a node")


def _in_a_node(settings: ModelSettings, hardware: HardwareSettings, taken: Need, copies: int) -> Fit:
    if hardware.launcher != "slurm":
        return _unchecked(hardware, "the main memory of the cluster's nodes is not known", copies=copies)
    gib = float(hardware.slurm.memory_gib)
    if taken.of(1, 1) > gib * USABLE_MAIN_MEMORY:
        needed = needs(settings, hardware, taken)
        raise ConfigError(f"{needed}; hardware.slurm.memory_gib={gib:.0f} is what a shard asks for: raise it, {SERVER}")
    note = _note(settings, hardware, taken, devices=1, usable_gib=gib * USABLE_MAIN_MEMORY)
    return Fit(0, copies, taken.of(at_once(hardware), 1), f"{note}, in {gib:.0f} GiB of a node's main memory")


def _room_for_shards(hardware: HardwareSettings, room: int) -> None:
    if hardware.place in IN_PROCESS and (hardware.shards or 1) > room:
        raise ConfigError(
            f"hardware.shards={hardware.shards}: each has weights of its own, and there is memory for {room}; "
            f"set hardware.shards={room} or null"
        )


def _note(settings: ModelSettings, hardware: HardwareSettings, taken: Need, *, devices: int, usable_gib: float) -> str:
    """What one copy takes, in words that "on" or "in" can follow."""
    questions = at_once(hardware)
    needed = taken.of(questions, devices)
    halved = "" if needed <= usable_gib else f" (hardware.batch_size={questions} will not fit, and be halved)"
    return (
        f"{settings.name}: {taken.weights:.1f} GiB of weights at {hardware.dtype}, about {needed:.0f} GiB with "
        f"{questions} question{'s' * (questions > 1)} at once{halved}"
    )


def _unchecked(hardware: HardwareSettings, why: str, *, copies: int = 1) -> Fit:
    gpus = (hardware.gpus_per_model or 1) if hardware.device == "cuda" else 0
    return Fit(gpus, max(copies, 1), None, f"whether the weights fit was not checked: {why}")
