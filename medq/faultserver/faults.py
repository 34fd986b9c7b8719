"""How each fault looks on the wire."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

from aiohttp import web

from medq.faultserver.dialects import Completion, Dialect

# name: (status, message, the provider's code)
_ERRORS: dict[str, tuple[int, str, str | None]] = {
    "rate429": (429, "Rate limit reached for requests", "rate_limit_exceeded"),
    "rate429_after": (429, "Rate limit reached for tokens", "rate_limit_exceeded"),
    "quota429": (429, "You exceeded your current quota, please check your plan and billing", "insufficient_quota"),
    "400": (400, "Unsupported parameter: 'temperature'", "unsupported_parameter"),
    "401": (401, "Incorrect API key provided", "invalid_api_key"),
    "402": (402, "Insufficient credits", None),
    "403": (403, "Your project does not have access to this model", "forbidden"),
    "404": (404, "The model does not exist or you do not have access to it", "model_not_found"),
    "408": (408, "Request timed out in the gateway", None),
    "413": (413, "Request body is too large", None),
    "context_length": (400, "This model's maximum context length is 4096 tokens", "context_length_exceeded"),
    "filter400": (400, "The prompt was filtered by the content management policy", "content_filter"),
    "500": (500, "The server had an error while processing your request", None),
    "503": (503, "The engine is currently overloaded", None),
    "529": (529, "Overloaded", "overloaded_error"),
}
_REFUSAL = "I'm sorry, but I can't assist with the assessment of medical images."


async def hard_fault(
    fault: str,
    request: web.Request,
    *,
    dialect: Dialect,
    completion: Completion,
    retry_after_s: float,
    hang_s: float,
    drip_s: float,
) -> web.StreamResponse:
    """The response of a fault of connection or HTTP answer; "hang" and "drip" take their time, "reset" sends none."""
    if fault in _ERRORS:
        status, message, code = _ERRORS[fault]
        headers = {"Retry-After": f"{retry_after_s:g}"} if fault == "rate429_after" else None
        return web.json_response(
            dialect.error(status=status, message=message, code=code), status=status, headers=headers
        )
    if fault == "echo401":
        message = f"bad credential: {credential_of(request)}"
        return web.json_response(dialect.error(status=401, message=message), status=401)
    if fault == "hang":
        await asyncio.sleep(hang_s)
    if fault == "drip":
        return await _drip(request, json.dumps(dialect.write(completion)).encode(), seconds=drip_s)
    if fault == "reset" and request.transport is not None:
        request.transport.abort()
    if fault == "malformed":
        whole = json.dumps(dialect.write(completion))
        return web.Response(text=whole[: len(whole) // 2], content_type="application/json")
    if fault == "html":
        return web.Response(text="<html><body>Bad gateway</body></html>", content_type="text/html")
    return web.Response(text="", content_type="application/json")


def error_of(fault: str) -> tuple[int, str, str | None]:
    """Status, message and code of a fault; HTTP 500 for one that is not an error answer."""
    return _ERRORS.get(fault, _ERRORS["500"])


def soft_fault(fault: str, completion: Completion, *, credential: str = "") -> Completion:
    """The completion with the fault inside it; "echo" puts the credential that was sent into the answer."""
    changes: dict[str, dict[str, Any]] = {
        "echo": {"text": f"{completion.text} {credential}"},
        "refusal": {"text": _REFUSAL},
        "filter": {"text": "", "finish": "content_filter"},
        "length": {"text": "Let me look at the image step by", "finish": "length"},
        "length_empty": {"text": "", "finish": "length"},
        "wrong_model": {"model": "another-model-2020-01-01"},
    }
    return replace(completion, **changes.get(fault, {}), soft=fault)


def credential_of(request: web.Request) -> str:
    """The credential that came with the request, in whichever header or parameter; "" without one."""
    headers = request.headers
    sent = headers.get("Authorization") or headers.get("x-api-key") or headers.get("x-goog-api-key")
    return sent or request.query.get("key", "")


async def _drip(request: web.Request, body: bytes, *, seconds: float) -> web.StreamResponse:
    """The right answer, in 20 pieces over `seconds`: each read succeeds, the whole takes long."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(body))})
    await response.prepare(request)
    step = max(1, -(-len(body) // 20))
    for start in range(0, len(body), step):
        await asyncio.sleep(seconds / 20)
        await response.write(body[start : start + step])
    await response.write_eof()
    return response
