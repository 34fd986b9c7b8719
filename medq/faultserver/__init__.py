"""A real HTTP server that speaks like a model provider and fails on request: for tests, trials and benchmarks.

`python -m medq.faultserver --latency 0.05 --faults transient=0.3 --seed 3` prints its address and serves until it is
stopped; `serve(...)` runs the same server in a thread of this process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medq.faultserver.app import FaultServer
    from medq.faultserver.plan import FaultPlan, parse_rates
    from medq.faultserver.thread import RunningServer, serve

__all__ = ["FaultPlan", "FaultServer", "RunningServer", "parse_rates", "serve"]

_HOMES = {
    "FaultPlan": "plan",
    "FaultServer": "app",
    "RunningServer": "thread",
    "parse_rates": "plan",
    "serve": "thread",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
