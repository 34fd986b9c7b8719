"""How many GPUs one copy of the weights is laid on, and how many copies all of them hold."""

from __future__ import annotations

from medq.hardware import HardwareSettings
from medq.models.memory import USABLE, Need

NODE_GPUS = 8


def fewest_gpus(hardware: HardwareSettings, taken: Need, gpu_gib: float, *, most: int) -> int | None:
    """GPUs of `gpu_gib` GiB for a copy; None where `most` of them do not hold it.

    As many as configured; else the fewest that hold a batch; else the fewest that hold one question, since a batch too
    large is halved by itself.
    """
    given = hardware.gpus_per_model
    if given is not None:
        return given if taken.of(1, given) <= given * gpu_gib * USABLE[hardware.place] else None
    batch = gpus_that_hold(taken, gpu_gib, place=hardware.place, questions=at_once(hardware), most=most)
    return batch or gpus_that_hold(taken, gpu_gib, place=hardware.place, most=most)


def gpus_that_hold(taken: Need, gpu_gib: float, *, place: str, questions: int = 1, most: int = NODE_GPUS) -> int | None:
    """The smallest of 1, 2, 4, 8 ... GPUs up to `most` that hold a copy and so many questions; None where none do.

    In process, all `most` of them are tried as well: layers can be dealt out to any number, while tensor-parallel
    servers want a number that divides the attention heads.

    >>> gpus_that_hold(Need(weights=136.7, question=1.5, device=1.5), 79.6, place="vllm")
    2
    >>> gpus_that_hold(Need(weights=136.7, question=1.5, device=1.5), 22.5, place="vllm")
    8
    """
    counts = [2**power for power in range(most.bit_length())]
    if place == "process" and most not in counts:
        counts.append(most)
    return next((count for count in counts if taken.of(questions, count) <= count * gpu_gib * USABLE[place]), None)


def copies_held(hardware: HardwareSettings, taken: Need, gpu_gib: float, *, gpus_per_model: int, count: int) -> int:
    """Copies that lie on `count` GPUs; those that need one GPU may share it where its memory holds several.

    vLLM takes a GPU's memory for itself, whatever the weights need.
    """
    if gpus_per_model > 1 or hardware.place == "vllm_local":
        return count // gpus_per_model
    return count * int(gpu_gib * USABLE[hardware.place] / taken.of(1, 1))


def at_once(hardware: HardwareSettings) -> int:
    """Questions in one pass; a server needs room for one at full length, and queues the others."""
    return hardware.batch_size if hardware.place == "process" else 1
