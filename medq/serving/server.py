"""One engine's server: started when it is first wanted, started again when it dies, stopped with its whole group."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from medq.errors import ConfigError, MedqError, ModelUnusable
from medq.hardware import ServerSettings
from medq.serving.cause import cause_of_death, last_line
from medq.serving.health import is_healthy, version_of, wait_until_ready
from medq.serving.keeper import GRACE_S
from medq.serving.key import keep_loopback_direct, make_key, server_environment
from medq.serving.port import HOST, free_port
from medq.terminal import say, say_error

# Another program can take a free port before the engine does.
PORTS_TRIED = 3
_TAKEN = "address already in use"

Command = Callable[[int], Sequence[str]]  # of the port


@dataclass(frozen=True, slots=True)
class Life:
    """One process of the server: `ended` is done, with its exit status, when it has died or was stopped."""

    process: asyncio.subprocess.Process
    ended: asyncio.Task[int]
    log_offset: int


@dataclass
class EngineServer:
    """The server of `model_id`, with its output in `log`.

    A server that dies is started again at the next `ready`, at most `restarts` times in all.
    """

    name: str
    command: Command
    model_id: str
    settings: ServerSettings
    restarts: int
    log: Path
    port: int | None = None
    starts_s: list[float] = field(default_factory=list)
    deaths: list[str] = field(default_factory=list)
    version: str | None = None
    _life: Life | None = None
    _failed: MedqError | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def root(self) -> str:
        """The address without `/v1`; settled by the first start."""
        return f"http://{HOST}:{self.port}"

    async def ready(self) -> Life:
        """The server's life, once it answers. Raises `ConfigError` where it never has, `ModelUnusable` afterwards."""
        async with self._lock:
            if self._failed is not None:
                raise self._failed
            try:
                if self._life is not None and self._life.ended.done():
                    self._died(self._life)
                if self._life is None:
                    self._life = await self._begin()
            except MedqError as error:
                self._failed = error
                raise
            return self._life

    async def end_if_sick(self, life: Life) -> None:
        """Ends a server that is there and does not answer for its health any more, so that it is started again."""
        if not life.ended.done() and not await is_healthy(self.root):
            self._close_input(life)
            await asyncio.wait({life.ended}, timeout=2 * GRACE_S)

    async def stop(self, *, wait: bool = True) -> None:
        """Ends the server. Without `wait` its keeper does so alone, while this process goes on or ends."""
        life, self._life = self._life, None
        if life is None:
            return
        self._close_input(life)
        if not wait:
            return
        done, _ = await asyncio.wait({life.ended}, timeout=2 * GRACE_S)
        if not done:
            life.process.kill()
            await life.ended

    def report(self) -> dict[str, Any]:
        """For the manifest: engine, version, seconds that each start took, what each death was put down to."""
        return {"engine": self.name, "version": self.version, "starts_s": self.starts_s, "deaths": self.deaths}

    def _died(self, life: Life) -> None:
        cause = self._cause(life)
        self.deaths.append(cause)
        self._life = None
        if len(self.deaths) > self.restarts:
            raise ModelUnusable(
                f"the {self.name} server died: {cause} (see {self.log}); it was started again {self.restarts} times "
                "before, as hardware.restarts says"
            )
        say_error(f"the {self.name} server died: {cause}; starting it again, {len(self.deaths)} of {self.restarts}")

    async def _begin(self) -> Life:
        """A server that answers, on the port of the one before where there was one: calls in flight know no other."""
        keep_loopback_direct()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.port is not None:
            return await self._start(self.port)
        if self.settings.port is not None:
            self.port = self.settings.port
            return await self._start(self.port)
        for tried in range(PORTS_TRIED):
            self.port = free_port()
            try:
                return await self._start(self.port)
            except ConfigError as error:
                if _TAKEN not in str(error).lower() or tried == PORTS_TRIED - 1:
                    self.port = None
                    raise
        raise AssertionError("the last attempt returns or raises")

    async def _start(self, port: int) -> Life:
        make_key()
        command = self.command(port)
        started = time.monotonic()
        say(f"starting {self.name} for {self.model_id}; its output: {self.log}")
        life = self._life = await self._spawn(command)
        try:
            ready = await wait_until_ready(
                self.root, model_id=self.model_id, timeout_s=self.settings.ready_timeout_s, ended=life.ended
            )
            if not ready:
                raise ConfigError(self._why_not(life))
        except ConfigError:
            await self.stop()
            raise
        self.starts_s.append(round(time.monotonic() - started, 1))
        self.version = self.version or await version_of(self.root)
        say(f"{self.name} is ready after {self.starts_s[-1]:g} s")
        return life

    async def _spawn(self, command: Sequence[str]) -> Life:
        offset = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "medq.serving.keeper", str(self.log), *command,
                stdin=asyncio.subprocess.PIPE, stdout=log, stderr=log,
                start_new_session=True, env=server_environment(),
            )  # fmt: skip
        return Life(process, asyncio.create_task(process.wait()), offset)

    def _why_not(self, life: Life) -> str:
        if life.ended.done():
            return f"the {self.name} server died while it started: {self._cause(life)} (see {self.log})"
        said = last_line(self.log, offset=life.log_offset)
        return (
            f"the {self.name} server did not answer within {self.settings.ready_timeout_s:g} s "
            f"(hardware.server.ready_timeout_s); the last it said: {said or 'nothing'} (see {self.log})"
        )

    def _cause(self, life: Life) -> str:
        return cause_of_death(self.log, offset=life.log_offset, status=life.ended.result())

    @staticmethod
    def _close_input(life: Life) -> None:
        if life.process.stdin is not None:
            life.process.stdin.close()
