"""One model of the catalogue in full: facts, what it takes, and the commands that run it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from medq.catalogue.entry import Entry
from medq.catalogue.table import size
from medq.hardware import HardwareSettings
from medq.models.settings import ModelSettings
from medq.serving.engine import measured_arguments

WIDTH = 18
RUN = "python -m medq +task=perception"
NAMED_LATER = "ORG/NAME"
SERVER = "model.api_base=http://HOST:8000/v1"


def card_lines(one: Entry) -> Iterator[str]:
    """A line a fact, then the commands."""
    yield f"{one.option}: {one.title}"
    for name, value in _facts(one):
        if value:
            yield f"  {name:<{WIDTH}}{value}"
    yield ""
    yield from (f"  {line}" for line in commands(one))


def commands(one: Entry) -> Iterator[str]:
    """How to run it, one command a line; for open weights also the server to start on another machine."""
    settings, chosen = one.settings, f"{RUN} model={one.option}"
    if settings.kind != "lmms":
        yield f"{chosen}{' model.id=PROVIDER/NAME' if one.open_ended else ''}"
        return
    chosen += f" model.id={NAMED_LATER}" if one.open_ended else ""
    if one.in_process is not None:
        yield f"{chosen} hardware={'gpu1' if one.gpus('80 GB') in (1, None) else 'gpu8'}"
    if one.served:
        yield f"{chosen} hardware=vllm"
        yield serve_command(one)
    yield f"{chosen} {SERVER}"


def serve_command(one: Entry) -> str:
    """`vllm serve` with what the catalogue says of the model, on as few GPUs of 80 GB as hold it."""
    settings = one.settings
    hardware = HardwareSettings(name="vllm", place="vllm", device="cuda", dtype="bfloat16")
    name = NAMED_LATER if one.open_ended else str(settings.id)
    parallel = ("--tensor-parallel-size", str(one.gpus("80 GB") or 1), "--dtype", hardware.dtype)
    revision = () if settings.revision is None else ("--revision", settings.revision)
    measured = measured_arguments(settings, hardware)
    return shlex.join(("vllm", "serve", name, "--generation-config", "vllm", *parallel, *revision, *measured))


def _facts(one: Entry) -> Iterator[tuple[str, str | None]]:
    settings, taken = one.settings, one.need()
    yield "id", None if one.open_ended else settings.id
    yield "commit", settings.revision
    yield "licence", settings.licence
    yield "parameters", f"{size(one)} x 10^9" if settings.parameters_b else None
    if taken is not None:
        yield (
            "memory",
            f"{taken.weights:.1f} GiB of weights at bfloat16, {taken.of(1, 1):.0f} GiB with one long question",
        )
    if one.runnable and taken is not None:
        yield (
            "GPUs for a copy",
            " or ".join(f"{one.gpus(card)} x {card}" for card in ("24 GB", "80 GB") if one.gpus(card)),
        )
    yield from _ways(one)
    yield "images", settings.images.processor
    yield from _prices(settings)
    yield "MedQ-Bench", settings.published.medq_bench
    yield "MedQ-Deg", settings.published.medq_deg
    yield "note", settings.note


def _ways(one: Entry) -> Iterator[tuple[str, str | None]]:
    settings = one.settings
    if settings.kind != "lmms":
        yield "runs as", one.how
        return
    local, served = settings.local, settings.served
    yield "in process", one.in_process and f"lmms-eval's chat class {one.in_process}"
    yield "not in process", None if local is None else local.refused
    yield "server", "vLLM (SGLang where it has the architecture)" if one.served else None
    yield "no server", None if served is None else served.refused


def _prices(settings: ModelSettings) -> Iterator[tuple[str, str | None]]:
    price = settings.price
    if price is not None:
        source = f", {price.source}" if price.source else ""
        yield "price", f"${price.input:g} in, ${price.output:g} out for 10^6 tokens (as of {price.as_of}{source})"
    yield "ends", None if settings.shutdown is None else settings.shutdown.isoformat()
