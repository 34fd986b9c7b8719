"""What `conf/model/*.yaml` and `conf/judge/*.yaml` may say, checked before anything is spent."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from medq.calling.price import Price
from medq.calling.retry import RetryPolicy

Kind = Literal["random", "iqa", "replay", "litellm", "lmms"]
SERVED_PREFIX = "hosted_vllm/"
Positive = Annotated[int, Field(gt=0)]
Seconds = Annotated[float, Field(gt=0)]


class _Strict(BaseModel):
    """Frozen; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PriceSettings(_Strict):
    """US dollars for a million tokens, as listed on `as_of` by `source`."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    as_of: date | None = None
    source: str | None = None

    def price(self) -> Price:
        """The price alone."""
        return Price(input=self.input, output=self.output)


class ProviderResize(_Strict):
    """Sides in px above which the provider itself scales an image down before the model sees it (documented by it)."""

    long_px: Positive | None = None
    short_px: Positive | None = None


class ImageSettings(_Strict):
    """Limits of the provider, checked before sending; None where it states none.

    `max_px` bounds the longer side, `max_mb` (10^6 bytes) one image as a file. `detail` goes out as OpenAI's image
    detail. `processor` says in words what the model's own processor, or the provider, does to every image.
    """

    max_count: Positive | None = None
    max_mb: Seconds | None = None
    max_px: Positive | None = None
    detail: Literal["low", "high", "auto"] | None = None
    provider_resize: ProviderResize | None = None
    processor: str | None = None


class LocalSettings(_Strict):
    """How open weights run in this process: the chat class of lmms-eval that loads them, and further arguments of it.

    `refused` says why they cannot, where they cannot; then only a server can run them.
    """

    model: str | None = None
    args: dict[str, Any] = Field(default_factory=dict)
    trust_remote_code: bool = False
    refused: str | None = None


class ServedSettings(_Strict):
    """How a server runs open weights: arguments of `vllm serve` and of SGLang's server beyond model, port and GPUs.

    `refused` says why no server can.
    """

    vllm_args: tuple[str, ...] = ()
    sglang_args: tuple[str, ...] = ()
    refused: str | None = None


class PublishedNames(_Strict):
    """What the papers' tables call the model, where they have it."""

    medq_bench: str | None = None
    medq_deg: str | None = None


class ModelSettings(_Strict):
    """A model of any kind, as configured.

    `id` is a LiteLLM id ("openai/gpt-4o-2024-08-06"), a hub id, or the name under which a server offers the model.
    Kind lmms is open weights, `id` their hub id: they run where `hardware` says, or, where `api_base` is given, in a
    server that is there already (they then are of kind litellm). `path` is a folder with the weights, or the file to
    replay. `revision` is the hub commit of open weights. `seed`: None sends none, "run" sends each request's own seed,
    a number is sent as it is. `extra` is added to every request as it is. `retry_truncated` multiplies `max_tokens` for
    the one retry of an answer cut off unread; 0: never. `served` says how a server for open weights is started, `local`
    how they run in this process; `parameters_b` their size in 10^9, of which `active_b` work on a token. `shutdown` is
    the day on which the provider ends, or ended, the snapshot.
    """

    kind: Kind
    name: str | None = None
    id: str | None = None
    revision: str | None = None
    api_base: str | None = None
    api_key_env: str | None = None
    path: Path | None = None
    concurrency: Positive = 32
    max_tokens: Positive | None = None
    temperature: Annotated[float, Field(ge=0)] | None = None
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    seed: Literal["run"] | int | None = None
    timeout_s: Seconds = 120.0
    deadline_s: Seconds = 600.0
    retries: Annotated[int, Field(ge=0)] = 8
    backoff_s: Annotated[float, Field(ge=0)] = 0.5
    retry_truncated: Annotated[int, Field(ge=0)] = 4
    extra: dict[str, Any] = Field(default_factory=dict)
    price: PriceSettings | None = None
    images: ImageSettings = ImageSettings()
    served: ServedSettings | None = None
    local: LocalSettings | None = None
    published: PublishedNames = PublishedNames()
    licence: str | None = None
    parameters_b: Annotated[float, Field(gt=0)] | None = None
    active_b: Annotated[float, Field(gt=0)] | None = None
    shutdown: date | None = None
    note: str | None = None
    batch: bool = False

    @model_validator(mode="before")
    @classmethod
    def _in_a_server_that_is_there(cls, values: Any) -> Any:
        """Open weights whose server's address is given are called over it."""
        if not (isinstance(values, dict) and values.get("kind") == "lmms" and values.get("api_base")):
            return values
        return {**values, "kind": "litellm", "id": f"{SERVED_PREFIX}{values.get('id')}", "path": None}

    @model_validator(mode="after")
    def _complete(self) -> ModelSettings:
        if self.kind in ("litellm", "lmms") and not self.id:
            raise ValueError(f"model.id: expected the id of a model for kind {self.kind}, got none")
        if self.kind == "replay" and not self.path:
            raise ValueError("model.path: expected a file of answers for kind replay, got none")
        if self.deadline_s < self.timeout_s:
            raise ValueError(
                f"model.deadline_s: expected at least timeout_s ({self.timeout_s:g}), got {self.deadline_s:g}"
            )
        return self

    def policy(self) -> RetryPolicy:
        """The retry policy that these settings describe."""
        return RetryPolicy(
            timeout_s=self.timeout_s,
            deadline_s=self.deadline_s,
            retries=self.retries,
            backoff_s=self.backoff_s,
            retry_truncated=self.retry_truncated,
        )

    def decoding(self) -> dict[str, Any]:
        """Parameters as configured, before they are made to fit the provider; without those that are None."""
        held = {
            "max_tokens": self.max_tokens,
            "temperature": self.temperature,
            "top_p": self.top_p,
            "seed": self.seed,
            **self.extra,
        }
        return {name: value for name, value in held.items() if value is not None}
