"""How a call reaches a provider: two ways behind one protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from medq.calling.call import Call, Fault, Reply
from medq.calling.providers import provider_of


@dataclass(frozen=True, slots=True)
class Server:
    """Whom to call: the model's id, the server (None: the provider's own) and the variable that holds its key."""

    model_id: str
    api_base: str | None = None
    api_key_env: str | None = None
    connections: int = 64


class Transport(Protocol):
    """One attempt at a call."""

    name: str

    async def open(self) -> None:
        """Loads the client library and builds the client, once; outside of any attempt's time limit."""

    async def send(self, call: Call, *, timeout_s: float) -> Reply | Fault:
        """What came back. Raises nothing but cancellation."""

    async def close(self) -> None:
        """Ends connections."""


def transport_for(server: Server) -> Transport:
    """The OpenAI SDK for servers that speak its protocol, LiteLLM for the rest; nothing is connected yet."""
    from medq.calling.litellm_transport import LiteLLMTransport
    from medq.calling.openai_transport import OpenAITransport

    provider = provider_of(server.model_id, api_base=server.api_base)
    if provider is not None and provider.openai_protocol:
        return OpenAITransport(server)
    return LiteLLMTransport(server)
