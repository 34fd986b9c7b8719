"""The server in a thread of this process, with an event loop of its own: real sockets, no second process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from medq.faultserver.app import FaultServer
from medq.faultserver.plan import FaultPlan, parse_rates


@dataclass(frozen=True, slots=True)
class RunningServer:
    """`url` ends in `/v1`, as an `api_base` does; `root` does not."""

    url: str
    server: FaultServer

    @property
    def root(self) -> str:
        """The address without `/v1`, which Anthropic's and Google's clients want."""
        return self.url.removesuffix("/v1")

    def stats(self) -> dict[str, Any]:
        """What `/stats` answers."""
        return self.server.stats.snapshot()


@contextmanager
def serve(
    faults: str = "",
    *,
    seed: int = 0,
    fail_for_good: float = 0.0,
    latency_s: float = 0.0,
    retry_after_s: float = 0.05,
    hang_s: float = 3600.0,
    drip_s: float = 30.0,
    batch_s: float = 0.1,
    port: int = 0,
) -> Iterator[RunningServer]:
    """Runs the server until the block ends; `faults` is written as for the command line ("rate429=0.1,500=0.05")."""
    server = FaultServer(
        FaultPlan(parse_rates(faults), seed=seed, fail_for_good=fail_for_good),
        latency_s=latency_s,
        retry_after_s=retry_after_s,
        hang_s=hang_s,
        drip_s=drip_s,
        batch_s=batch_s,
    )
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="faultserver", daemon=True)
    thread.start()
    try:
        runner, url = asyncio.run_coroutine_threadsafe(server.start(port), loop).result(timeout=10)
        try:
            yield RunningServer(url=url, server=server)
        finally:
            asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(timeout=10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()
