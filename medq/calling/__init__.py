"""Calling a model over the network: one call in, one reply or one counted failure out, never an exception per call.

`Caller` is the door: it holds the transport (the OpenAI SDK for servers that speak OpenAI's protocol, LiteLLM for all
others), the retry policy, the adaptive limit on concurrency and the circuit breaker. Nothing heavy is imported
before the first call.
"""

from __future__ import annotations

from medq.calling.breaker import CircuitBreaker
from medq.calling.call import Call, ImagePart, Message, Reply
from medq.calling.caller import Caller
from medq.calling.limiter import AdaptiveLimiter
from medq.calling.price import Price, cost_usd
from medq.calling.providers import provider_of
from medq.calling.retry import RetryPolicy
from medq.calling.transport import Server, Transport, transport_for

__all__ = [
    "AdaptiveLimiter",
    "Call",
    "Caller",
    "CircuitBreaker",
    "ImagePart",
    "Message",
    "Price",
    "Reply",
    "RetryPolicy",
    "Server",
    "Transport",
    "cost_usd",
    "provider_of",
    "transport_for",
]
