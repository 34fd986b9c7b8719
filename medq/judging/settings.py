"""The judge group of the configuration, and the judges that it names."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from medq.models.settings import ModelSettings, PriceSettings


class JudgeModel(BaseModel):
    """One language model that judges; what is None is taken from the judge group."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    api_base: str | None = None
    api_key_env: str | None = None
    price: PriceSettings | None = None


class JudgeSettings(BaseModel):
    """Who scores free text and how. Secrets only as the name of an environment variable (`api_key_env`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["rules", "litellm", "panel"]
    name: str
    id: str | None = None
    api_base: str | None = None
    api_key_env: str | None = None
    protocol: Literal["paper", "released"] = "paper"
    rounds: int = Field(default=1, ge=1, le=100)
    retries: int = Field(default=2, ge=0, le=20)
    swap: bool = False
    structured: bool | None = None
    temperature: float | None = Field(default=0.0, ge=0)
    max_tokens: int = Field(default=64, ge=1)
    concurrency: int = Field(default=64, ge=1, le=1024)
    timeout_s: float = Field(default=60, gt=0)
    deadline_s: float = Field(default=600, gt=0)
    panel: tuple[JudgeModel, ...] = ()
    price: PriceSettings | None = None

    @model_validator(mode="after")
    def _complete(self) -> JudgeSettings:
        if self.kind == "litellm" and not self.id:
            raise ValueError("judge.id: expected the id of a model, got none")
        if self.deadline_s < self.timeout_s:
            raise ValueError(
                f"judge.deadline_s: expected at least timeout_s ({self.timeout_s:g}), got {self.deadline_s:g}"
            )
        if self.kind == "panel" and len({judge.id for judge in self.panel}) < max(2, len(self.panel)):
            raise ValueError(f"judge.panel: expected two or more different judges, got {len(self.panel)}")
        return self

    def models(self) -> tuple[ModelSettings, ...]:
        """The language models that judge, as models to call; none for the rules judge."""
        if self.kind == "rules":
            return ()
        single = JudgeModel(id=self.id or "", api_base=self.api_base, api_key_env=self.api_key_env, price=self.price)
        return tuple(self._model(judge) for judge in (self.panel if self.kind == "panel" else (single,)))

    def _model(self, judge: JudgeModel) -> ModelSettings:
        return ModelSettings(
            kind="litellm",
            name=judge.id,
            id=judge.id,
            api_base=judge.api_base,
            api_key_env=judge.api_key_env,
            price=judge.price,
            concurrency=self.concurrency,
            max_tokens=self.max_tokens,
            temperature=self.temperature,
            timeout_s=self.timeout_s,
            deadline_s=self.deadline_s,
        )
