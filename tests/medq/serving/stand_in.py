"""A stand-in for an engine: a real process that takes its command line, listens, answers, and dies when it is told to.

`python stand_in.py serve MODEL --served-model-name NAME --host HOST --port PORT ...`; STAND_IN_FILE names the file in
which it notes what it sees, STAND_IN_MODE says how it misbehaves.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from medq.faultserver import FaultServer

SLOW_START_S = 60
LATENCY_S = 0.05


def note(*words: object) -> None:
    with Path(os.environ["STAND_IN_FILE"]).open("a", encoding="utf-8") as file:
        file.write(" ".join(map(str, words)) + "\n")


def argument(name: str) -> str:
    return sys.argv[sys.argv.index(name) + 1]


class StandIn(FaultServer):
    def app(self) -> web.Application:
        app = super().app()
        app.middlewares.append(self._noted)
        return app

    @web.middleware
    async def _noted(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if request.method == "POST":
            note("asked")
        if os.environ.get("STAND_IN_MODE") == "sick" and self.stats.calls.total() >= 5 and not self.sick.exists():
            self.sick.touch()
            self.hanging = True
        if getattr(self, "hanging", False):
            await asyncio.sleep(3600)
        response = await handler(request)
        if request.method == "POST":
            note("answered")
        return response

    @property
    def sick(self) -> Path:
        return Path(os.environ["STAND_IN_FILE"]).with_suffix(".sick")


async def serve() -> None:
    mode = os.environ.get("STAND_IN_MODE", "")
    name = "another/model" if mode == "misnamed" else argument("--served-model-name")
    server = StandIn(latency_s=LATENCY_S, model=name, api_key=os.environ["VLLM_API_KEY"])
    await asyncio.sleep(SLOW_START_S if mode == "slow" else 0)
    assert argument("--host") == "127.0.0.1"
    await server.start(int(argument("--port")))
    await asyncio.Event().wait()


def main() -> None:
    mode = os.environ.get("STAND_IN_MODE", "")
    note("arguments", *sys.argv[1:])
    child = subprocess.Popen(["sleep", "600"])
    note("processes", os.getpid(), child.pid)
    print("the key is", os.environ["VLLM_API_KEY"], flush=True)
    if mode == "no_memory":
        print('Traceback (most recent call last):\n  File "worker.py", line 3, in load')
        print("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has 22.5 GiB")
        print("RuntimeError: Engine core initialization failed. See root cause above.")
        sys.exit(1)
    if mode == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    asyncio.run(serve())


if __name__ == "__main__":
    main()
