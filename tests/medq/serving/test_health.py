"""A server is ready when it is healthy and offers the model under our key."""

from __future__ import annotations

import asyncio

import pytest

from medq.errors import ConfigError
from medq.faultserver import serve
from medq.serving.health import is_healthy, version_of, wait_until_ready
from medq.serving.key import KEY_ENV


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_ENV, "our-own-key")


def wait(root: str, model_id: str, *, timeout_s: float = 5.0) -> bool:
    async def run() -> bool:
        ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        return await wait_until_ready(root, model_id=model_id, timeout_s=timeout_s, ended=ended)

    return asyncio.run(run())


def test_it_waits_for_the_model_under_our_key() -> None:
    with serve() as running:
        running.server.api_key, running.server.model = "our-own-key", "org/m"
        assert wait(running.root, "org/m")
        with pytest.raises(ConfigError, match="offers org/m, expected org/other"):
            wait(running.root, "org/other")


def test_a_server_that_does_not_know_our_key_is_never_ready() -> None:
    with serve() as running:
        running.server.api_key = "the key of somebody else"
        assert not wait(running.root, "medq-test-model", timeout_s=0.5)


def test_a_server_that_has_ended_is_not_waited_for() -> None:
    async def run() -> bool:
        ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        ended.set_result(1)
        return await wait_until_ready("http://127.0.0.1:9", model_id="m", timeout_s=60, ended=ended)

    assert not asyncio.run(run())


def test_health_and_version_are_asked_of_the_server() -> None:
    with serve() as running:
        assert asyncio.run(is_healthy(running.root))
        assert asyncio.run(version_of(running.root)) is None
    assert not asyncio.run(is_healthy(running.root))
