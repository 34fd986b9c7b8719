"""Whether a server answers, and whether it is ours: it must offer the model under our key."""

from __future__ import annotations

import asyncio
import os
import time
from typing import TYPE_CHECKING, Any

from medq.errors import ConfigError
from medq.serving.key import KEY_ENV

if TYPE_CHECKING:
    import httpx

FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 2.0
ANSWER_TIMEOUT_S = 10.0


async def wait_until_ready(root: str, *, model_id: str, timeout_s: float, ended: asyncio.Future[int]) -> bool:
    """Waits until the server at `root` is healthy and lists `model_id`; False where it ended or the time was up.

    Raises `ConfigError` where it offers other models only.
    """
    deadline, pause_s = time.monotonic() + timeout_s, FIRST_PAUSE_S
    async with _client(root) as client:
        while not ended.done() and time.monotonic() < deadline:
            if await _get(client, "/health") is not None and await _offers(client, model_id):
                return True
            await asyncio.wait({ended}, timeout=pause_s)
            pause_s = min(LONGEST_PAUSE_S, 1.5 * pause_s)
    return False


async def is_healthy(root: str) -> bool:
    """One look at `/health`."""
    async with _client(root) as client:
        return await _get(client, "/health") is not None


async def version_of(root: str) -> str | None:
    """What vLLM says at `/version`; None where a server does not know that question."""
    async with _client(root) as client:
        response = await _get(client, "/version")
        body = None if response is None else _json(response)
    return str(body["version"]) if isinstance(body, dict) and "version" in body else None


async def _offers(client: httpx.AsyncClient, model_id: str) -> bool:
    response = await _get(client, "/v1/models")
    body = None if response is None else _json(response)
    if not isinstance(body, dict):
        return False
    offered = [str(model.get("id")) for model in body.get("data", [])]
    if model_id not in offered:
        raise ConfigError(
            f"the server offers {', '.join(offered) or 'no model'}, expected {model_id}: "
            "its command must name it so (--served-model-name)"
        )
    return True


async def _get(client: httpx.AsyncClient, path: str) -> httpx.Response | None:
    import httpx

    try:
        response = await client.get(path)
    except (httpx.HTTPError, OSError):
        return None
    return response if response.status_code == 200 else None


def _json(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return None


def _client(root: str) -> httpx.AsyncClient:
    import httpx

    headers = {"Authorization": f"Bearer {os.environ[KEY_ENV]}"}
    # No proxy of the environment: the server is on this machine.
    return httpx.AsyncClient(base_url=root, headers=headers, timeout=ANSWER_TIMEOUT_S, trust_env=False)
