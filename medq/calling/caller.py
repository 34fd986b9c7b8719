"""The door to a model over the network: slots, attempts, waits, the deadline and the price of one call."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from medq.calling.breaker import CircuitBreaker
from medq.calling.call import Call, Fault, Reply
from medq.calling.limiter import AdaptiveLimiter
from medq.calling.price import Price, cost_usd
from medq.calling.progress import Progress
from medq.calling.retry import RetryPolicy
from medq.calling.transport import Transport
from medq.models.interface import Failure
from medq.secrets import mask_known, redact_data

if TYPE_CHECKING:
    from medq.budget import Hold, Meter

Readable = Callable[[str], bool]


class Caller:
    """Calls one model, with at most `concurrency` attempts under way; a call that waits to be repeated is none of them.

    `price` turns tokens into dollars; None leaves costs unknown. `meter` pays each attempt from the run's budget.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        model_id: str,
        policy: RetryPolicy,
        concurrency: int,
        price: Price | None = None,
        meter: Meter | None = None,
    ) -> None:
        self.policy = policy
        self.limiter = AdaptiveLimiter(concurrency)
        self._transport = transport
        self._breaker = CircuitBreaker(model_id)
        self._price = price
        self._meter = meter
        self._faults: Counter[str] = Counter()
        self._returned: Counter[str] = Counter()
        self._calls = 0
        self._attempts = 0

    async def call(self, call: Call, *, readable: Readable = bool) -> Reply | Failure:
        """A reply, or the failure that is left after all attempts.

        `readable` says whether a truncated text can be used; if not, the call is made once more with a larger token
        limit. Raises `ModelUnusable` when nothing but permanent failures come back, and `BudgetReached`.
        """
        await self._transport.open()
        self._calls += 1
        progress = Progress(seed=call.seed)
        while True:
            outcome = await self._attempt(call, progress)
            if isinstance(outcome, Reply):
                larger = self._enlarged(call, outcome, progress, readable)
                if larger is None:
                    self._breaker.succeeded()
                    self._returned[outcome.returned_model or "unknown"] += 1
                    return self._finished(outcome, progress)
                call = larger
                continue
            wait_s = self._wait_s(outcome, progress)
            if wait_s is None:
                self._breaker.failed(outcome)
                return self._given_up(outcome, progress)
            await asyncio.sleep(wait_s)
            progress.used_s += wait_s

    def report(self) -> dict[str, Any]:
        """For the manifest: calls, attempts, faults by kind and status, returned model ids, the limit's history."""
        return {
            "transport": self._transport.name,
            "calls": self._calls,
            "attempts": self._attempts,
            "faults": dict(sorted(self._faults.items())),
            "returned_models": dict(sorted(self._returned.items())),
            "concurrency": [asdict(change) for change in self.limiter.history],
        }

    async def close(self) -> None:
        """Ends connections."""
        await self._transport.close()

    async def _attempt(self, call: Call, progress: Progress) -> Reply | Fault:
        """One attempt in a slot of its own."""
        slot_s = await self.limiter.acquire()
        outcome: Reply | Fault | None = None
        hold: Hold | None = None
        timeout_s = min(self.policy.timeout_s, max(0.001, self.policy.deadline_s - progress.used_s))
        try:
            # Checked in the slot: calls that waited for one while the breaker tripped are not made.
            self._breaker.check()
            hold = None if self._meter is None else await self._meter.set_aside(call)
            started = time.monotonic()
            outcome = await self._send(call, timeout_s)
        finally:
            if self._meter is not None and hold is not None:
                self._meter.settle(hold, outcome)
            limited = isinstance(outcome, Fault) and outcome.kind == "rate_limit"
            self.limiter.release(slot_s, rate_limited=limited, succeeded=isinstance(outcome, Reply))
        elapsed = time.monotonic() - started
        progress.attempts += 1
        progress.used_s += elapsed
        self._attempts += 1
        progress.paid(cost_usd(self._price, tokens_in=outcome.tokens_in, tokens_out=outcome.tokens_out))
        if isinstance(outcome, Fault):
            self._faults[f"{outcome.kind} {outcome.status}" if outcome.status else outcome.kind] += 1
            return outcome
        return replace(outcome, latency_s=elapsed)

    async def _send(self, call: Call, timeout_s: float) -> Reply | Fault:
        """Bounds the whole attempt: a server that drips bytes never trips a read timeout."""
        try:
            async with asyncio.timeout(timeout_s):
                return await self._transport.send(call, timeout_s=timeout_s)
        except TimeoutError:
            return Fault(kind="timeout", message=f"no whole answer within {timeout_s:.3g} s; raise model.timeout_s")

    def _wait_s(self, fault: Fault, progress: Progress) -> float | None:
        """Seconds before the next attempt; None when there is none."""
        progress.failures += 1
        if fault.permanent or progress.failures > self.policy.retries:
            return None
        wait_s = self.policy.wait_s(fault, attempt=progress.failures, rng=progress.rng)
        return None if progress.used_s + wait_s >= self.policy.deadline_s else wait_s

    def _enlarged(self, call: Call, reply: Reply, progress: Progress, readable: Readable) -> Call | None:
        """The call with a larger token limit, once, when the answer was cut off before anything could be read."""
        limit = call.params.get(call.max_tokens_param)
        factor = self.policy.retry_truncated
        if reply.finish_reason != "length" or progress.truncated or factor < 2 or not isinstance(limit, int):
            return None
        if reply.text.strip() and readable(reply.text):
            return None
        progress.truncated = (limit, limit * factor)
        return replace(call, params={**call.params, call.max_tokens_param: limit * factor})

    def _finished(self, reply: Reply, progress: Progress) -> Reply:
        notes = dict(reply.notes)
        if progress.truncated:
            notes["retry_truncated"] = {"max_tokens": list(progress.truncated)}
        unknown = self._price is None or reply.tokens_in is None or reply.tokens_out is None
        cost = None if unknown else progress.spent_usd
        # A server can put the key that it was sent into an answer; the answer goes into files.
        text = mask_known(reply.text)
        return replace(reply, text=text, attempts=progress.attempts, cost_usd=cost, notes=redact_data(notes))

    def _given_up(self, fault: Fault, progress: Progress) -> Failure:
        message = fault.message if progress.attempts == 1 else f"{fault.message} (attempt {progress.attempts})"
        return Failure(
            kind=fault.kind,
            message=message,
            permanent=fault.permanent,
            status=fault.status,
            attempts=progress.attempts,
            latency_s=progress.used_s,
            cost_usd=progress.spent_usd,
        )
