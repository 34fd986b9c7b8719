"""Starts that fail, each told in one line that names the cause and what to do; no process is left behind."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from medq.errors import ConfigError
from medq.hardware import ServerSettings
from medq.serving.server import EngineServer

Alive = Callable[[int], bool]
STAND_IN = Path(__file__).with_name("stand_in.py")
MODEL = "tested/model"
Open = Callable[..., EngineServer]


@pytest.fixture
def open_server(engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    def build(mode: str = "", *, timeout_s: float = 30.0, port: int | None = None) -> EngineServer:
        for name, value in engine.environment(mode).items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("MEDQ_SERVER_API_KEY", raising=False)
        command = [sys.executable, str(STAND_IN), "serve", MODEL, "--served-model-name", MODEL, "--host", "127.0.0.1"]
        return EngineServer(
            name="vllm",
            command=lambda port: [*command, "--port", str(port)],
            model_id=MODEL,
            settings=ServerSettings(port=port, ready_timeout_s=timeout_s),
            restarts=1,
            log=tmp_path / "serving.log",
        )

    return build


def error_of(start: Coroutine[Any, Any, Any]) -> str:
    with pytest.raises(ConfigError) as raised:
        asyncio.run(start)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_want_of_memory_is_told_with_what_to_do(open_server: Open, engine: Any, is_alive: Alive) -> None:
    line = error_of(open_server("no_memory").ready())
    assert "CUDA out of memory" in line
    assert "hardware.gpus_per_model" in line
    assert "serving.log" in line
    assert not any(map(is_alive, engine.processes()))


def test_a_server_that_is_not_ready_in_time_is_stopped(open_server: Open, engine: Any, is_alive: Alive) -> None:
    assert "did not answer within 1.5 s" in error_of(open_server("slow", timeout_s=1.5).ready())
    assert engine.processes()
    assert not any(map(is_alive, engine.processes()))


def test_a_server_with_another_model_is_refused(open_server: Open, engine: Any, is_alive: Alive) -> None:
    assert f"offers another/model, expected {MODEL}" in error_of(open_server("misnamed").ready())
    assert not any(map(is_alive, engine.processes()))


def test_all_who_wait_are_told_of_one_failed_start(open_server: Open, engine: Any) -> None:
    async def several() -> list[BaseException | Any]:
        server = open_server("no_memory")
        return await asyncio.gather(*(server.ready() for _ in range(5)), return_exceptions=True)

    assert all(isinstance(error, ConfigError) for error in asyncio.run(several()))
    assert len(engine.notes("arguments")) == 1


def test_it_is_started_once_for_all_who_wait_and_stopped_with_its_children(
    open_server: Open, engine: Any, is_alive: Alive
) -> None:
    async def live() -> set[int]:
        server = open_server()
        lives = await asyncio.gather(*(server.ready() for _ in range(5)))
        assert all(map(is_alive, engine.processes()))
        await server.stop()
        return {life.process.pid for life in lives}

    assert len(asyncio.run(live())) == 1
    assert len(engine.processes()) == 2
    assert not any(map(is_alive, engine.processes()))


def test_a_foreign_server_on_the_given_port_is_not_taken_for_ours(open_server: Open, engine: Any) -> None:
    async def two() -> str:
        first = open_server()
        await first.ready()
        second = open_server(port=first.port)
        try:
            await second.ready()
        except ConfigError as error:
            return str(error)
        finally:
            await first.stop()
        return "it was taken"

    assert "address already in use" in asyncio.run(two()).lower()
