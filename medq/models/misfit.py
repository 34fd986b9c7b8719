"""What is said of weights that do not fit: what they need, what there is, what would do."""

from __future__ import annotations

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.machine import Machine
from medq.models.gpu_count import NODE_GPUS, gpus_that_hold
from medq.models.memory import BYTES_EACH, USABLE_MAIN_MEMORY, Need, need
from medq.models.place import SERVER
from medq.models.settings import ModelSettings

CARDS_GIB = {"24 GB": 22.5, "80 GB": 79.6}  # as A10 and L4, and H100, report them


def too_large_for_gpus(
    settings: ModelSettings, hardware: HardwareSettings, taken: Need, gpu_gib: float, machine: Machine
) -> ConfigError:
    """The error for weights that the GPUs given to a copy do not hold; says where more GPUs of the machine would."""
    count = len(machine.gpus)
    used = hardware.gpus_per_model or count
    has = f"hardware={hardware.name} has {used * gpu_gib:.0f} GiB ({used} of {count} GPUs, {machine.gpus[0].name})"
    served = on_a_server(settings, hardware)
    enough = None if served is None else gpus_that_hold(served, gpu_gib, place="vllm", most=count)
    if enough is not None and enough > used:
        advice = f"use hardware=gpu8 or hardware=vllm, which lay it on {enough} of the GPUs"
    else:
        advice = f"{would_do(settings, hardware)} (hardware=gpu8 or vllm there)"
    return ConfigError(f"{needs(settings, hardware, taken)}; {has}: {advice}, {SERVER}")


def too_large_for_main_memory(
    settings: ModelSettings, hardware: HardwareSettings, taken: Need, memory_gib: float
) -> ConfigError:
    """The error for weights that main memory does not hold; says where half the bytes a number would do."""
    halved = 2 / BYTES_EACH[hardware.dtype] * (taken.weights + taken.question) + taken.device
    advice = "hardware.dtype=bfloat16 would fit; " if halved <= memory_gib * USABLE_MAIN_MEMORY else ""
    return ConfigError(
        f"{needs(settings, hardware, taken)}; hardware={hardware.name} has {memory_gib:.0f} GiB of main memory: "
        f"{advice}{would_do(settings, hardware)} (hardware=gpu1, gpu8 or vllm), {SERVER}"
    )


def needs(settings: ModelSettings, hardware: HardwareSettings, taken: Need) -> str:
    """What one copy takes with one question: "qwen72b needs about 140 GiB at bfloat16"."""
    return f"{settings.name} needs about {taken.of(1, 1):.0f} GiB at {hardware.dtype}"


def would_do(settings: ModelSettings, hardware: HardwareSettings) -> str:
    """The common GPUs that hold such weights: "at bfloat16 it fits on 8 x 24 GB or 4 x 80 GB"."""
    served = on_a_server(settings, hardware)
    if served is None:
        return "its size is not known"
    counts = {card: gpus_that_hold(served, gib, place="vllm", most=2 * NODE_GPUS) for card, gib in CARDS_GIB.items()}
    fits = [f"{count} x {card}" for card, count in counts.items() if count is not None]
    return f"at bfloat16 it fits on {' or '.join(fits)}" if fits else "it fits on no 16 GPUs of 80 GB"


def on_a_server(settings: ModelSettings, hardware: HardwareSettings) -> Need | None:
    """What a copy takes in a server at bfloat16: the most that any of the places asks for."""
    return need(settings, hardware.model_copy(update={"place": "vllm", "device": "cuda", "dtype": "bfloat16"}))
