"""Models behind an API: commercial providers and any server that speaks OpenAI's protocol (kind `litellm`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from medq.budget import Meter, Purse, meter_for
from medq.calling.batch_transport import WINDOW_S, BatchTransport
from medq.calling.breaker import CircuitBreaker
from medq.calling.call import Call, Fault, ImagePart, Message, Reply
from medq.calling.caller import Caller
from medq.calling.params import first_token_params, fit_params
from medq.calling.price import Price
from medq.calling.providers import bare_id, provider_of
from medq.calling.transport import Server, transport_for
from medq.errors import ConfigError
from medq.models.credential import missing_credential
from medq.models.image_limits import broken_limit, resized_by_provider
from medq.models.interface import Answer, Failure, Outcome, Request
from medq.models.option_logprobs import OptionLogprobs, option_logprobs
from medq.models.price import known_price
from medq.models.settings import ModelSettings
from medq.models.shutdown import shutdown_notice
from medq.secrets import redact, redact_data

# Calls that wait to be repeated give their slot to others; as many again are therefore kept ready.
READY = 2
# As many calls wait in one batch, with their images in memory.
BATCH_CALLS = 500
# A model that declines, or is stopped by a filter, is no server without log-probabilities.
_DECLINED = ("refusal", "content_filter")
_OPEN_THOUGHT = re.compile(r"<think(?:ing)?>(?!.*</think(?:ing)?>)", re.DOTALL)

Readable = Callable[[Request, str], bool]


def check_settings(settings: ModelSettings, *, purse: Purse | None = None) -> None:
    """What can be known to be wrong before the first call. Raises `ConfigError`; imports no client library."""
    missing = missing_credential(settings)
    if missing is not None:
        raise ConfigError(missing)
    if settings.id and "/" not in settings.id and provider_of(settings.id, api_base=settings.api_base) is None:
        raise ConfigError(
            f"id {settings.id!r} names no provider: give api_base, the address of the server, or an id such as "
            f"openai/{settings.id}"
        )
    caller_for(settings, purse=purse)


def caller_for(settings: ModelSettings, *, purse: Purse | None = None) -> Caller:
    """The caller of a configured model; also what a judge's calls go through. Its calls are paid from `purse`.

    Raises `ConfigError` without an id, and where the purse has a budget that cannot be kept.
    """
    server = _server(settings)
    known = known_price(settings)
    price = None if known is None else known.price
    meter = meter_for(settings, price, purse)
    if settings.batch:
        return _batch_caller(settings, server, price, meter)
    return Caller(
        transport_for(server),
        model_id=server.model_id,
        policy=settings.policy(),
        concurrency=settings.concurrency,
        price=price,
        meter=meter,
    )


def _batch_caller(settings: ModelSettings, server: Server, price: Price | None, meter: Meter | None) -> Caller:
    """A caller through the provider's batch lane, with a day's patience."""
    policy = replace(settings.policy(), timeout_s=WINDOW_S, deadline_s=(1 + settings.retries) * WINDOW_S)
    return Caller(
        BatchTransport(server),
        model_id=server.model_id,
        policy=policy,
        concurrency=max(BATCH_CALLS, settings.concurrency),
        price=price,
        meter=meter,
    )


class ApiModel:
    """A model that is called over the network; the images go out as exactly the bytes of the request.

    `readable` says whether a truncated text still holds an answer; without it any text does that does not end inside
    a thought. At most `settings.concurrency` attempts are under way at a time, whatever `concurrency` says.
    """

    chunk = 1

    def __init__(
        self, settings: ModelSettings, *, readable: Readable | None = None, purse: Purse | None = None
    ) -> None:
        self.settings = settings
        self.concurrency = max(BATCH_CALLS, settings.concurrency) if settings.batch else READY * settings.concurrency
        self._caller = caller_for(settings, purse=purse)
        self._readable = readable or ends_outside_a_thought
        fitted = fit_params(settings.id or "", settings.decoding(), api_base=settings.api_base)
        self._params = fitted.sent
        self._first_token = CircuitBreaker(settings.id or "")
        self._max_tokens_param = fitted.max_tokens_param
        self._dropped = fitted.dropped
        self._notes: Mapping[str, Any] = {"dropped_parameters": dict(fitted.dropped)} if fitted.dropped else {}
        self.identity: Mapping[str, Any] = redact_data(
            {
                "kind": settings.kind,
                "id": settings.id,
                "revision": settings.revision,
                "api_base": settings.api_base,
                "decoding": dict(fitted.sent),
                "dropped_parameters": dict(fitted.dropped),
                "retry_truncated": settings.retry_truncated,
                "image_detail": settings.images.detail,
            }
        )

    async def answer(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        """One outcome a request. Raises `ModelUnusable` when nothing but permanent failures come back."""
        return [await self._one(request) for request in requests]

    def report(self) -> dict[str, Any]:
        """What the manifest says of the calls: attempts, faults, returned model ids, history of the concurrency."""
        return self._caller.report()

    def notes(self) -> list[str]:
        """Lines for the user after the run: what was dropped, whether another model answered, when this one ends."""
        lines = [f"{name} was not sent: {reason}" for name, reason in self._dropped.items()]
        own = bare_id(self.settings.id or "")
        returned = self._caller.report()["returned_models"]
        others = {name: count for name, count in returned.items() if name != "unknown" and not name.startswith(own)}
        lines += [f"{count} answers say that they come from {name}, not {own}" for name, count in others.items()]
        notice = shutdown_notice(self.settings, today=datetime.now(UTC).date())
        return [redact(line) for line in (*lines, *([notice] if notice else []))]

    async def close(self) -> None:
        """Ends connections."""
        await self._caller.close()

    async def _one(self, request: Request) -> Outcome:
        limits = self.settings.images
        breach = broken_limit(request.images, limits)
        if breach is not None:
            return Failure(kind="request", message=f"{breach} (item {request.item.id})", permanent=True, attempts=0)
        # One token is all that is wanted of letters: it is never cut off, unless it is not there.
        usable = (lambda _: True) if request.letters else partial(self._readable, request)
        outcome = await self._caller.call(self._call(request), readable=usable)
        if isinstance(outcome, Failure):
            return outcome
        notes = dict(self._notes)
        if resized_by_provider(request.images, limits):
            notes["resized_by_provider"] = True
        return self._letters(request, outcome, notes) if request.letters else _answer(outcome, notes)

    def _letters(self, request: Request, reply: Reply, notes: Mapping[str, Any]) -> Outcome:
        """The most probable letter; a reply without log-probabilities is a failure, and five of them end the run."""
        found = option_logprobs(reply.logprobs, request.letters)
        if found is None and reply.finish_reason not in _DECLINED:
            message = "the server sent no log-probabilities; use one that does, or task.scoring=generate"
            self._first_token.failed(Fault("request", message, permanent=True))
            return Failure("protocol", message, permanent=True, attempts=reply.attempts, cost_usd=reply.cost_usd)
        self._first_token.succeeded()
        return _letter_answer(reply, found or OptionLogprobs({}, None), notes)

    def _call(self, request: Request) -> Call:
        detail = self.settings.images.detail
        images = tuple(ImagePart(image.data, image.media_type, detail) for image in request.images)
        params = self._letter_params() if request.letters else dict(self._params)
        if params.get("seed") == "run":
            params["seed"] = request.seed
        return Call(
            messages=(Message("user", (*images, request.prompt)),),
            params=params,
            seed=request.seed,
            max_tokens_param=self._max_tokens_param,
        )

    def _letter_params(self) -> dict[str, Any]:
        model_id, api_base = self.settings.id or "", self.settings.api_base
        wanted = first_token_params(model_id, self.settings.decoding(), api_base=api_base)
        return dict(fit_params(model_id, wanted, api_base=api_base).sent)


def _server(settings: ModelSettings) -> Server:
    if settings.id is None:
        raise ConfigError("model.id: expected the id of a model, got none")
    return Server(
        model_id=settings.id,
        api_base=settings.api_base,
        api_key_env=settings.api_key_env,
        connections=settings.concurrency,
    )


def _answer(reply: Reply, notes: Mapping[str, Any]) -> Answer:
    extra: dict[str, Any] = {**notes, **reply.notes}
    if reply.request_id is not None:
        extra["request_id"] = reply.request_id
    if reply.logprobs is not None:
        extra["logprobs"] = list(reply.logprobs)
    return Answer(
        text=reply.text,
        finish_reason=reply.finish_reason,
        returned_model=reply.returned_model,
        latency_s=reply.latency_s,
        tokens_in=reply.tokens_in,
        tokens_out=reply.tokens_out,
        cost_usd=reply.cost_usd,
        attempts=reply.attempts,
        notes=extra,
    )


def _letter_answer(reply: Reply, found: OptionLogprobs, notes: Mapping[str, Any]) -> Answer:
    """The answer whose text is the most probable letter; what the model began to write where no letter was listed."""
    extra = {"option_logprobs": dict(found.known), "option_logprob_bound": found.bound}
    letter = max(found.known, key=lambda one: found.known[one], default=None)
    return _answer(replace(reply, logprobs=None, text=letter or reply.text), {**notes, **extra})


def ends_outside_a_thought(request: Request, text: str) -> bool:
    """Whether free text can be used although it was cut off: the model was past thinking."""
    return _OPEN_THOUGHT.search(text) is None
