"""What broke under way, read from the chain of errors behind an error: the innermost one knows best."""

from __future__ import annotations

import json
from collections.abc import Iterator

from medq.calling.call import Fault
from medq.calling.faults import one_line, protocol_fault


def connection_fault(error: BaseException, *, timeout_s: float) -> Fault | None:
    """A silent connection ("timeout"), a refused or broken one ("network"), a body that is no JSON ("protocol").

    None when the chain tells of none of these, such as an error status.
    """
    import aiohttp
    import httpx

    for cause in reversed(list(causes_of(error))):
        words = one_line(str(cause)) or type(cause).__name__
        if isinstance(cause, json.JSONDecodeError):
            return protocol_fault(f"a body that is no JSON: {error}")
        if isinstance(cause, TimeoutError | httpx.TimeoutException):
            return Fault(kind="timeout", message=f"no answer within {timeout_s:.3g} s; raise model.timeout_s")
        if isinstance(cause, aiohttp.ClientConnectorError | httpx.ConnectError | ConnectionRefusedError):
            return Fault(kind="network", message=f"no connection: {words}; check model.api_base", unreachable=True)
        if isinstance(cause, aiohttp.ClientError | httpx.TransportError | OSError):
            return Fault(kind="network", message=f"the connection broke: {words}; run again to continue")
    return None


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """The error itself, then what it was raised from or while handling, outermost first."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__
