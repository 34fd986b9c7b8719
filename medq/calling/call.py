"""What goes out and what comes back, before any provider's protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class ImagePart:
    """Image bytes as they are sent; `detail` is OpenAI's word for how closely it looks, None where not said."""

    data: bytes
    media_type: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message: text parts and images in the order in which they are sent."""

    role: Role
    parts: tuple[str | ImagePart, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `params` are the decoding parameters as sent (`fit_params` has made them fit the provider).

    `seed` fixes the jitter of waits between attempts. `max_tokens_param` is the name under which the model takes its
    token limit, so that a truncated answer can be asked for again with a larger one.
    """

    messages: tuple[Message, ...]
    params: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    max_tokens_param: str = "max_tokens"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said. A quantity that was not reported is None, never 0.

    `finish_reason` is the provider's word, "refusal" when the model declined in its own field, and "content_filter"
    when the provider filtered prompt or answer; `text` is then the refusal or "". `latency_s` is that of the attempt
    which gave the reply; `cost_usd` the sum over all billed attempts. `logprobs` holds (token, log-probability,
    alternatives) where they were asked for.
    """

    text: str
    finish_reason: str | None = None
    returned_model: str | None = None
    request_id: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_usd: float | None = None
    latency_s: float | None = None
    attempts: int = 1
    logprobs: tuple[Mapping[str, Any], ...] | None = None
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """One attempt that gave no answer. `kind` is one of `medq.models.interface.Failure`'s.

    `permanent`: the same call would fail again. `retry_after_s` is what the provider asked to wait. `status` is the
    HTTP status as the provider sent it, whatever the client library made of it. `unreachable`: no connection came
    about. Tokens that were billed all the same are kept.
    """

    kind: str
    message: str
    permanent: bool = False
    status: int | None = None
    retry_after_s: float | None = None
    unreachable: bool = False
    tokens_in: int | None = None
    tokens_out: int | None = None
