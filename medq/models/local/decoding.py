"""How text is decoded: what the settings say, in full, so that no checkpoint's own generation_config adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from medq.errors import ConfigError
from medq.models.settings import ModelSettings

DEFAULT_MAX_TOKENS = 2048
EXTRA = ("repetition_penalty", "top_k")


@dataclass(frozen=True, slots=True)
class Decoding:
    """`temperature` 0 is greedy; `seed` None: each question's own."""

    max_tokens: int
    temperature: float
    top_p: float | None
    top_k: int | None
    repetition_penalty: float
    seed: int | None

    @property
    def sampled(self) -> bool:
        """Whether tokens are drawn."""
        return self.temperature > 0

    def identity(self, *, run_seed: int) -> dict[str, Any]:
        """What of it can change an answer; the run's seed only where it is drawn from."""
        greedy = {"max_tokens": self.max_tokens, "temperature": 0, "repetition_penalty": self.repetition_penalty}
        if not self.sampled:
            return greedy
        seed = {"run_seed": run_seed} if self.seed is None else {"seed": self.seed}
        return greedy | {"temperature": self.temperature, "top_p": self.top_p, "top_k": self.top_k, **seed}


def decoding_of(settings: ModelSettings) -> Decoding:
    """The decoding that the settings ask for. Raises `ConfigError` for a key of `model.extra` without meaning here."""
    unknown = sorted(set(settings.extra) - set(EXTRA))
    if unknown:
        raise ConfigError(
            f"model.extra.{unknown[0]}: expected {' or '.join(EXTRA)} for open weights in this process, got {unknown}; "
            "take it out, or run the model in a server with hardware=vllm"
        )
    return Decoding(
        max_tokens=settings.max_tokens or DEFAULT_MAX_TOKENS,
        temperature=settings.temperature or 0.0,
        top_p=settings.top_p,
        top_k=settings.extra.get("top_k"),
        repetition_penalty=float(settings.extra.get("repetition_penalty", 1.0)),
        seed=settings.seed if isinstance(settings.seed, int) else None,
    )
