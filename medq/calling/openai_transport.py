"""Servers that speak OpenAI's protocol, through the OpenAI SDK over aiohttp, with its own retries off.

The SDK's typed request path is passed by: it walks every parameter, images included, and hides a malformed body.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from medq.calling.call import Call, Fault, Reply
from medq.calling.causes import connection_fault
from medq.calling.completion import read_completion
from medq.calling.credentials import api_key
from medq.calling.faults import fault_from_status, is_filtered, one_line, protocol_fault
from medq.calling.providers import NO_KEY, bare_id
from medq.calling.wire import wire_body
from medq.errors import ConfigError

if TYPE_CHECKING:
    import httpx
    from openai import APIStatusError, AsyncOpenAI

    from medq.calling.transport import Server

OPENAI_BASE = "https://api.openai.com/v1"
CONNECT_TIMEOUT_S = 20.0
KEEPALIVE_S = 60.0


class OpenAITransport:
    """POST `{api_base}/chat/completions`."""

    name = "openai"

    def __init__(self, server: Server) -> None:
        if server.api_base is None and server.model_id.startswith("hosted_vllm/"):
            raise ConfigError(f"model.api_base: expected the address of the server of {server.model_id}, got none")
        self._server = server
        self._model = bare_id(server.model_id)
        self._client: AsyncOpenAI | None = None

    async def open(self) -> None:
        """Builds the client; nothing is connected yet."""
        self._client = self._client or openai_client(self._server)

    async def send(self, call: Call, *, timeout_s: float) -> Reply | Fault:
        """One attempt; a prompt that the provider's filter stops is a reply with `finish_reason` "content_filter"."""
        import httpx
        from openai import APIConnectionError, APIStatusError

        client = self._client = self._client or openai_client(self._server)
        body = wire_body(call, model=self._model)
        timeout = httpx.Timeout(timeout_s, connect=min(CONNECT_TIMEOUT_S, timeout_s))
        try:
            response = await client.post(
                "/chat/completions", content=body, cast_to=httpx.Response, options={"timeout": timeout}
            )
        except APIStatusError as error:
            return _status_outcome(error)
        except APIConnectionError as error:
            fault = connection_fault(error, timeout_s=timeout_s)
            return fault or Fault(kind="network", message=f"the connection broke: {one_line(str(error))}")
        return _read(response)

    async def close(self) -> None:
        """Ends connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None


def openai_client(server: Server) -> AsyncOpenAI:
    """The SDK's client over aiohttp, without retries of its own; nothing is connected yet."""
    import httpx
    from openai import AsyncOpenAI, DefaultAioHttpClient

    key = api_key(server.model_id, api_base=server.api_base, api_key_env=server.api_key_env)
    limits = httpx.Limits(
        max_connections=server.connections,
        max_keepalive_connections=server.connections,
        keepalive_expiry=KEEPALIVE_S,
    )
    return AsyncOpenAI(
        api_key=key or NO_KEY,
        base_url=server.api_base or OPENAI_BASE,
        max_retries=0,
        http_client=DefaultAioHttpClient(limits=limits),
    )


def _read(response: httpx.Response) -> Reply | Fault:
    try:
        body: Any = json.loads(response.content)
    except ValueError:
        return protocol_fault(f"a body that is no JSON: {response.text[:200]!r}", status=response.status_code)
    return read_completion(body, headers=response.headers)


def _status_outcome(error: APIStatusError) -> Reply | Fault:
    text = error.response.text
    if is_filtered(error.status_code, text):
        return Reply(text="", finish_reason="content_filter", notes={"filter": one_line(text)})
    return fault_from_status(error.status_code, text, error.response.headers)
