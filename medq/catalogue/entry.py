"""A model of the catalogue with what follows from its settings: how it runs, what it needs, where it was published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medq.catalogue.read import GIVEN_LATER, read_settings
from medq.errors import ConfigError
from medq.groups import describe, near, options
from medq.hardware import HardwareSettings
from medq.models.gpu_count import NODE_GPUS, gpus_that_hold
from medq.models.memory import Need, need
from medq.models.misfit import CARDS_GIB
from medq.models.settings import ModelSettings

EMBEDDED = ("random", "iqa", "replay")
_GPU = HardwareSettings(name="gpu8", device="cuda", dtype="bfloat16")


@dataclass(frozen=True, slots=True)
class Entry:
    """An option of `model=` with its title and settings."""

    option: str
    title: str
    settings: ModelSettings

    @property
    def embedded(self) -> bool:
        """Whether it is a baseline or a file of answers, not an MLLM."""
        return self.settings.kind in EMBEDDED

    @property
    def open_ended(self) -> bool:
        """Whether the command names the model."""
        return self.settings.id == GIVEN_LATER

    @property
    def in_process(self) -> str | None:
        """The chat class of lmms-eval that runs it in medq's own processes; None where none does."""
        local = self.settings.local
        return local.model if self.settings.kind == "lmms" and local is not None and local.refused is None else None

    @property
    def served(self) -> bool:
        """Whether a server that medq starts runs it."""
        served = self.settings.served
        return self.settings.kind == "lmms" and served is not None and served.refused is None

    @property
    def runnable(self) -> bool:
        """Whether medq can run it by itself; the rest needs a server of the user's, named by `model.api_base`."""
        return self.settings.kind != "lmms" or self.in_process is not None or self.served

    @property
    def section(self) -> str:
        """Where it stands in a list: open weights, a provider's API, named by the command, or embedded."""
        if self.embedded:
            return "embedded"
        if self.open_ended:
            return "named by the command"
        return "open weights" if self.settings.kind == "lmms" else "APIs"

    @property
    def how(self) -> str:
        """Class and server, or the API: "qwen2_5_vl, server", "API: openai", "not by medq"."""
        if self.settings.kind == "litellm":
            return "API" if self.open_ended else f"API: {str(self.settings.id).partition('/')[0]}"
        if self.settings.kind != "lmms":
            return "embedded"
        ways = [*([self.in_process] if self.in_process else []), *(["server"] if self.served else [])]
        return ", ".join(ways) or "not by medq"

    def need(self) -> Need | None:
        """Memory at bfloat16 with one question of full length, None where the size is not known."""
        if self.settings.kind != "lmms":
            return None
        return need(self.settings, _GPU.model_copy(update={"place": "vllm" if self.served else "process"}))

    def gpus(self, card: str) -> int | None:
        """How many GPUs of that size ("24 GB", "80 GB") hold a copy at bfloat16; None: more than 8, or not known."""
        taken, place = self.need(), "vllm" if self.served else "process"
        if taken is None or not self.runnable:
            return None
        return gpus_that_hold(taken, CARDS_GIB[card], place=place, most=NODE_GPUS)


def entry(option: str) -> Entry:
    """One entry. Raises `ConfigError` for a word that is no option."""
    known = options("model")
    if option not in known:
        raise ConfigError(f"unknown model {option!r}: {near(option, known)}")
    return Entry(option, describe("model", option), read_settings(option))


def entries(word: str | None = None) -> Iterator[Entry]:
    """Those that have `word` in their option, title, id, licence or published names, in any case of letters; or all."""
    for option in options("model"):
        found = entry(option)
        if word is None or word.lower() in _searched(found):
            yield found


def _searched(one: Entry) -> str:
    settings = one.settings
    parts = (one.option, one.title, settings.id, settings.licence, *settings.published.model_dump().values(), one.how)
    return " ".join(part for part in parts if part).lower()
