"""Whether a run is shared out, to how many processes, who starts them, and which GPUs each gets."""

from __future__ import annotations

from dataclasses import dataclass

from medq.errors import ConfigError
from medq.models.fit import fit
from medq.schema import RunConfig
from medq.shards.launcher import Launcher, launcher_for
from medq.terminal import say


@dataclass(frozen=True, slots=True)
class Sharing:
    """How a run is shared out. `gpus` holds those of each shard; none where the launcher's scheduler gives them."""

    launcher: Launcher
    gpus: tuple[tuple[str, ...], ...]

    @property
    def count(self) -> int:
        """The number of shards."""
        return len(self.gpus)


def chosen_sharing(config: RunConfig) -> Sharing | None:
    """How the run is shared out; None where this process asks everything by itself.

    Raises `ConfigError` for weights that do not fit, for a launcher that cannot work here, and for a budget, which
    several processes cannot keep together.
    """
    if config.mode != "run":
        return None
    hardware = config.hardware
    found = fit(config.model, hardware)
    if found.note is not None:
        say(found.note)
    count = hardware.shards or found.copies
    if count == 1 and hardware.launcher == "processes":
        return None
    if config.run.budget_usd is not None and config.model.kind == "litellm":
        raise ConfigError(
            f"run.budget_usd={config.run.budget_usd:g}: {count} shards cannot keep one budget; set hardware.shards=1 "
            "hardware.launcher=processes (model.concurrency is what makes an API fast), or drop run.budget_usd"
        )
    launcher = launcher_for(hardware)
    launcher.check(config)
    on_gpus = launcher.name == "processes" and hardware.device == "cuda" and found.gpus_per_model > 0
    return Sharing(launcher, dealt_out(_visible(), found.gpus_per_model, count) if on_gpus else ((),) * count)


def dealt_out(gpus: tuple[str, ...], each: int, count: int) -> tuple[tuple[str, ...], ...]:
    """`each` GPUs for each of `count` shards; where copies of the weights share a GPU, shards take turns.

    >>> dealt_out(("a", "b", "c", "d"), 2, 2)
    (('a', 'b'), ('c', 'd'))
    >>> dealt_out(("a", "b"), 1, 3)
    (('a',), ('b',), ('a',))
    """
    groups = [gpus[start : start + each] for start in range(0, len(gpus) - each + 1, each)]
    if not groups:
        raise ConfigError(f"hardware.gpus_per_model={each}: there are {len(gpus)} GPUs here; give {len(gpus)} or fewer")
    return tuple(groups[index % len(groups)] for index in range(count))


def _visible() -> tuple[str, ...]:
    from medq.machine import this_machine

    # By UUID: CUDA numbers GPUs by speed, nvidia-smi by their place on the bus.
    return tuple(gpu.uuid for gpu in this_machine().gpus)
