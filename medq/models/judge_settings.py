"""What `conf/judge/*.yaml` may say."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from medq.models.settings import ModelSettings, Positive, PriceSettings, Seconds


class JudgeMember(BaseModel):
    """A judge of a panel: what differs from the panel's own settings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    api_base: str | None = None
    api_key_env: str | None = None
    price: PriceSettings | None = None


class JudgeSettings(BaseModel):
    """Who judges and how. `retries` counts how often an unreadable verdict is asked for again.

    `protocol` "paper" sends system and user messages, "released" one message as the released code does. `swap` asks
    for comparisons a second time with the images' order exchanged. Calls that fail are repeated `call_retries` times.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["rules", "litellm", "panel"]
    id: str | None = None
    api_base: str | None = None
    api_key_env: str | None = None
    protocol: Literal["paper", "released"] = "paper"
    rounds: Positive = 1
    retries: Annotated[int, Field(ge=0)] = 2
    temperature: Annotated[float, Field(ge=0)] | None = 0.0
    concurrency: Positive = 64
    max_tokens: Positive = 256
    timeout_s: Seconds = 60.0
    deadline_s: Seconds = 600.0
    call_retries: Annotated[int, Field(ge=0)] = 8
    backoff_s: Annotated[float, Field(ge=0)] = 0.5
    extra: dict[str, Any] = Field(default_factory=dict)
    panel: tuple[JudgeMember, ...] = ()
    swap: bool = False
    price: PriceSettings | None = None

    @model_validator(mode="after")
    def _complete(self) -> JudgeSettings:
        if self.kind == "litellm" and not self.id:
            raise ValueError("judge.id: expected the id of a model, got none")
        if self.kind == "panel" and len(self.panel) < 2:
            raise ValueError(f"judge.panel: expected at least two judges, got {len(self.panel)}")
        return self

    def members(self) -> tuple[ModelSettings, ...]:
        """The models that judge, each as the settings of a model; () for the rules."""
        if self.kind == "rules":
            return ()
        if self.kind == "panel":
            return tuple(self._member(member) for member in self.panel)
        one = JudgeMember(id=self.id or "", api_base=self.api_base, api_key_env=self.api_key_env, price=self.price)
        return (self._member(one),)

    def _member(self, member: JudgeMember) -> ModelSettings:
        return ModelSettings(
            kind="litellm",
            id=member.id,
            api_base=member.api_base,
            api_key_env=member.api_key_env,
            price=member.price,
            temperature=self.temperature,
            max_tokens=self.max_tokens,
            concurrency=self.concurrency,
            timeout_s=self.timeout_s,
            deadline_s=self.deadline_s,
            retries=self.call_retries,
            backoff_s=self.backoff_s,
            extra=self.extra,
        )
