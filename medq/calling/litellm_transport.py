"""Every provider with a protocol of its own, through LiteLLM, with its retries, cache, budget and callbacks off.

LiteLLM takes seconds to import and 190 MB, so it is loaded when the first call is made. What it makes of an error is
not believed: the answer that the provider sent is looked up in the chain of causes.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from medq.calling.call import Call, Fault, Reply
from medq.calling.causes import causes_of, connection_fault
from medq.calling.completion import read_completion
from medq.calling.credentials import api_key
from medq.calling.faults import fault_from_status, is_filtered, one_line, protocol_fault
from medq.calling.wire import wire_messages

if TYPE_CHECKING:
    from medq.calling.transport import Server

# LiteLLM puts this before the names of the provider's headers.
_PREFIX = "llm_provider-"
# How LiteLLM says that an answer came which it could not take apart.
_UNREADABLE = "converting to valid response"


class LiteLLMTransport:
    """`litellm.acompletion`, one attempt a call."""

    name = "litellm"

    def __init__(self, server: Server) -> None:
        self._server = server
        self._library: Any = None
        self._loading = asyncio.Lock()

    async def open(self) -> None:
        """Imports LiteLLM, off the event loop."""
        async with self._loading:
            if self._library is None:
                self._library = await asyncio.to_thread(_load)

    async def send(self, call: Call, *, timeout_s: float) -> Reply | Fault:
        """One attempt; a prompt that the provider's filter stops is a reply with `finish_reason` "content_filter"."""
        from openai import OpenAIError

        await self.open()
        server = self._server
        key = api_key(server.model_id, api_base=server.api_base, api_key_env=server.api_key_env)
        try:
            response = await self._library.acompletion(
                model=server.model_id,
                messages=wire_messages(call),
                api_base=server.api_base,
                api_key=key,
                timeout=timeout_s,
                num_retries=0,
                max_retries=0,
                caching=False,
                **call.params,
            )
        except (OpenAIError, ValueError, KeyError, TypeError, OSError) as error:
            # LiteLLM's own errors all derive from OpenAIError; the others leak out of its provider modules.
            return _outcome_of_error(error, timeout_s=timeout_s)
        return _read(response)

    async def close(self) -> None:
        """Ends connections, which LiteLLM keeps for all callers together."""
        if self._library is not None:
            await self._library.close_litellm_async_clients()


def _load() -> Any:
    """LiteLLM, quiet and without its own policies."""
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    import litellm

    litellm.suppress_debug_info = True
    litellm.telemetry = False
    litellm.drop_params = False
    litellm.cache = None
    litellm.callbacks = []
    litellm.success_callback = []
    litellm.failure_callback = []
    # Its log lines hold request bodies and may hold keys.
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return litellm


def _read(response: Any) -> Reply | Fault:
    body = response.model_dump()
    usage = body.get("usage") or {}
    if not usage.get("prompt_tokens"):
        # LiteLLM turns a missing count into 0; no prompt has 0 tokens.
        body["usage"] = None
    held = getattr(response, "_hidden_params", {}).get("additional_headers") or {}
    headers = {str(name).removeprefix(_PREFIX): str(value) for name, value in held.items()}
    if "x-request-id" not in headers and "request-id" in headers:
        headers["x-request-id"] = headers["request-id"]
    return read_completion(body, headers=headers)


def _outcome_of_error(error: BaseException, *, timeout_s: float) -> Reply | Fault:
    """The outcome that the innermost cause speaks for."""
    fault = connection_fault(error, timeout_s=timeout_s)
    if fault is not None:
        return fault
    if any(isinstance(cause, KeyError | IndexError) for cause in causes_of(error)) or _UNREADABLE in str(error):
        # An answer without a part that LiteLLM counts on; it reports HTTP 422, which nobody sent.
        return protocol_fault(str(error))
    status, headers = _provider_answer(error)
    if status is None:
        return Fault(kind="request", message=f"the call could not be made: {one_line(str(error))}", permanent=True)
    text = _words(error)
    if is_filtered(status, f"{type(error).__name__} {text}"):
        return Reply(text="", finish_reason="content_filter", notes={"filter": one_line(text)})
    return fault_from_status(status, text, headers) if status >= 400 else protocol_fault(str(error), status=status)


def _provider_answer(error: BaseException) -> tuple[int | None, Mapping[str, str]]:
    """Status and headers as the provider sent them: those of the innermost error that knows a status."""
    for cause in reversed(list(causes_of(error))):
        response = getattr(cause, "response", None)
        status = getattr(response, "status_code", None) or getattr(cause, "status_code", None)
        if isinstance(status, int):
            return status, dict(getattr(response, "headers", None) or {})
    return None, {}


def _words(error: BaseException) -> str:
    """What LiteLLM quotes of the provider's message, without its own prefix."""
    _, dash, rest = str(error).partition("Exception - ")
    return rest if dash else str(error)
