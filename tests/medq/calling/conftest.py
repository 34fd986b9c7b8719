"""What the tests of calls share: planted keys and a call with two images."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from medq.calling import Call, ImagePart, Message, RetryPolicy, Server, transport_for
from medq.calling.call import Fault, Reply

KEY_NAMES = ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "XAI_API_KEY", "MISTRAL_API_KEY")


@pytest.fixture
def planted_key(monkeypatch: pytest.MonkeyPatch) -> str:
    """The value of every provider's key."""
    key = "sk-planted-0123456789abcdef"
    for name in KEY_NAMES:
        monkeypatch.setenv(name, key)
    return key


@pytest.fixture
def call() -> Call:
    """A question about two images."""
    images = (ImagePart(b"\x89PNG first \xff\x00", "image/png"), ImagePart(b"\xff\xd8 second", "image/jpeg", "high"))
    messages = (Message("system", ("You are an expert.",)), Message("user", (*images, "Which?\nA. one\nB. two")))
    return Call(messages, params={"max_tokens": 16, "temperature": 0})


@pytest.fixture
def send(planted_key: str) -> Callable[..., Reply | Fault]:
    """One attempt at a call, through the transport that the id asks for."""

    def send(model_id: str, api_base: str, call: Call, *, timeout_s: float = 5.0) -> Reply | Fault:
        async def attempt() -> Reply | Fault:
            transport = transport_for(Server(model_id, api_base=api_base))
            await transport.open()
            try:
                return await transport.send(call, timeout_s=timeout_s)
            finally:
                await transport.close()

        return asyncio.run(attempt())

    return send


@pytest.fixture
def quick() -> RetryPolicy:
    """A policy that waits for milliseconds."""
    return RetryPolicy(timeout_s=5.0, deadline_s=20.0, retries=8, backoff_s=0.01)


@pytest.fixture
def run() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Runs a coroutine to its end."""
    return asyncio.run
