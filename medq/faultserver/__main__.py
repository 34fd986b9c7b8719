"""`python -m medq.faultserver`: prints the server's address, then serves until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys

from medq.faultserver.app import FaultServer
from medq.faultserver.plan import GROUPS, HARD_FAULTS, SOFT_FAULTS, FaultPlan, parse_rates


def parser() -> argparse.ArgumentParser:
    """The command line."""
    names = ", ".join((*HARD_FAULTS, *SOFT_FAULTS))
    made = argparse.ArgumentParser(
        prog="python -m medq.faultserver",
        description="A local server that speaks OpenAI, Anthropic and Gemini, and fails on request.",
        epilog=f"faults: {names}; groups, whose rate is shared out: {', '.join(GROUPS)}; counts: GET /stats",
    )
    made.add_argument("--port", type=int, default=0, help="0 takes a free one")
    made.add_argument("--latency", type=float, default=0.05, metavar="S", help="seconds before every answer")
    made.add_argument("--faults", default="", metavar="NAME=RATE,...", help="share of attempts that meet each fault")
    made.add_argument(
        "--fail-for-good", type=float, default=0.0, metavar="RATE", help="share of contents never answered"
    )
    made.add_argument("--seed", type=int, default=0)
    made.add_argument("--retry-after", type=float, default=1.0, metavar="S", help="what rate429_after asks for")
    made.add_argument("--hang", type=float, default=3600.0, metavar="S")
    made.add_argument("--drip", type=float, default=30.0, metavar="S", help="how long `drip` takes to send an answer")
    made.add_argument("--batch", type=float, default=5.0, metavar="S", help="how long a batch takes")
    return made


def main(argv: list[str] | None = None) -> int:
    """Serves until SIGINT or SIGTERM; 2 on a wrong option."""
    arguments = parser().parse_args(argv)
    try:
        plan = FaultPlan(parse_rates(arguments.faults), seed=arguments.seed, fail_for_good=arguments.fail_for_good)
    except ValueError as error:
        print(f"faultserver: {error}", file=sys.stderr)
        return 2
    server = FaultServer(
        plan,
        latency_s=arguments.latency,
        retry_after_s=arguments.retry_after,
        hang_s=arguments.hang,
        drip_s=arguments.drip,
        batch_s=arguments.batch,
    )
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(server, arguments.port))
    return 0


async def _serve(server: FaultServer, port: int) -> None:
    runner, url = await server.start(port)
    print(url, flush=True)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    await stop.wait()
    await runner.cleanup()


if __name__ == "__main__":
    sys.exit(main())
