"""The judge group of the configuration."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


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
    temperature: float | None = 0.0
    max_tokens: int = Field(default=64, ge=1)
    concurrency: int = Field(default=16, ge=1, le=1024)
    timeout_s: float = Field(default=60, gt=0)
    deadline_s: float = Field(default=300, gt=0)
    panel: tuple[dict[str, Any], ...] = ()
    price: dict[str, float] | None = None
