"""Questions with 200 kB PNGs to a local server, 64 at a time: our command beside the plain `openai` async client.

    python benchmarks/api_throughput.py [--repeats 3] [--image-kb 200]

Two settings: 600 questions at 50 ms latency (what the client costs) and 300 at 2 s (what waiting badly costs). The
server is `python -m medq.faultserver` in a process of its own, on the same cores. "medq command" is the user's command
with everything: items from a TSV, hashes, journal, results, report. Clients take turns within a repeat. "first to last"
is the server's time from the first request's arrival to the last response; "process" is the whole client process,
imports included, and "CPU" its processor time, which other work on the machine disturbs least; "ideal" is
ceil(questions / 64) x latency.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import math
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

CONCURRENCY = 64
SETTINGS = ((600, 0.05), (300, 2.0))
PROMPT = "Question {number}: which degradation is seen?\nA. Noise\nB. Blur\nC. Streaks\nD. None"


def main() -> None:
    """Measures both settings, or, with --client, runs one client (for the children)."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--image-kb", type=int, default=200)
    parser.add_argument("--client", choices=sorted(CLIENTS), help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    parser.add_argument("--questions", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.client:
        run_client(options)
        return
    print(f"{options.image_kb} kB PNGs, concurrency {CONCURRENCY}, median of {options.repeats}, {os.cpu_count()} cores")
    for questions, latency_s in SETTINGS:
        compare(options, questions, latency_s)


def compare(options: argparse.Namespace, questions: int, latency_s: float) -> None:
    """Runs every client against one server and prints a line each."""
    ideal_s = math.ceil(questions / CONCURRENCY) * latency_s
    print(f"\n{questions} questions at {latency_s * 1000:.0f} ms, ideal {ideal_s:.2f} s")
    measured: dict[str, list[dict[str, float]]] = {name: [] for name in ("medq command", *CLIENTS)}
    command = [sys.executable, "-m", "medq.faultserver", "--latency", str(latency_s)]
    with TemporaryDirectory() as folder, subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        url = server.stdout.readline().strip() if server.stdout else ""
        items = write_items(Path(folder), questions, options.image_kb)
        try:
            for repeat in range(options.repeats):
                for name, runs in measured.items():
                    client = command_of(options, name, url, items, Path(folder) / f"run{repeat}")
                    runs.append(measure(name, client, url, questions))
        finally:
            server.terminate()
    for name, runs in measured.items():
        middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        print(
            f"  {name:<22} first to last {middle['span_s']:6.2f} s ({middle['span_s'] / ideal_s:.3f} x ideal)"
            f"   process {middle['process_s']:6.2f} s   CPU {middle['cpu_s']:5.2f} s"
            f"   peak RSS {middle['peak_mb']:4.0f} MB"
        )


def command_of(options: argparse.Namespace, name: str, url: str, items: Path, run_dir: Path) -> list[str]:
    """What a user would type for `medq command`, or this file as one of the clients."""
    if name in CLIENTS:
        questions = items.stem.rpartition("_")[2]
        arguments = ["--client", name, "--url", url, "--questions", questions, "--image-kb", str(options.image_kb)]
        return [sys.executable, __file__, *arguments]
    model = ["model=openai_compatible", "model.id=m", f"model.api_base={url}", f"model.concurrency={CONCURRENCY}"]
    data = ["data=local", f"data.path={items}", f"run.dir={run_dir}", f"run.root={run_dir.parent}"]
    return [sys.executable, "-m", "medq", "+task=perception", *model, *data]


def write_items(folder: Path, questions: int, kilobytes: int) -> Path:
    """A TSV of the official shape whose images are PNGs of noise, about `kilobytes` each."""
    from io import BytesIO

    from PIL import Image

    side = math.isqrt(kilobytes * 1000 // 3)
    path = folder / f"items_{questions}.tsv"
    with path.open("w", encoding="utf-8") as file:
        file.write("index\timage\tquestion\tA\tB\tC\tanswer\n")
        for number in range(questions):
            buffer = BytesIO()
            Image.frombytes("RGB", (side, side), random.Random(number).randbytes(3 * side * side)).save(buffer, "PNG")
            image = base64.b64encode(buffer.getvalue()).decode()
            file.write(f"{number}\t{image}\tWhat is seen in image {number}?\tNoise\tBlur\tStreaks\tA\n")
    return path


def measure(name: str, command: list[str], url: str, questions: int) -> dict[str, float]:
    """One client in a process of its own, seen from the server and from outside; memory is the largest process's."""
    root = url.removesuffix("/v1")
    urllib.request.urlopen(urllib.request.Request(f"{root}/reset", method="POST")).close()
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process_s = time.perf_counter() - began
    with urllib.request.urlopen(f"{root}/stats") as response:
        stats = json.load(response)
    if status or stats["answered"] != questions:
        raise SystemExit(f"{name}: expected {questions} answers; the server gave {stats['answered']}, status {status}")
    return {
        "span_s": stats["first_to_last_s"],
        "process_s": process_s,
        "cpu_s": used.ru_utime + used.ru_stime,
        "peak_mb": used.ru_maxrss / 1024,
    }


def run_client(options: argparse.Namespace) -> None:
    """Asks all questions with one client."""
    answered = asyncio.run(CLIENTS[options.client](options))
    if answered != options.questions:
        raise SystemExit(f"{options.client}: {answered} of {options.questions} answered")


def picture(number: int, kilobytes: int) -> bytes:
    """Bytes that do not compress, different for every question, made when they are needed as a file would be read."""
    return b"\x89PNG\r\n\x1a\n" + random.Random(number).randbytes(kilobytes * 1000 - 8)


async def ask_all(questions: int, workers: int, ask: Callable[[int], Awaitable[bool]]) -> int:
    """Workers that take the next question each, as the run loop does; returns how many were answered."""
    numbers = iter(range(questions))

    async def work() -> int:
        return sum([await ask(number) for number in numbers])

    return sum(await asyncio.gather(*(work() for _ in range(workers))))


async def ours(options: argparse.Namespace) -> int:
    """`medq.models.api.ApiModel`."""
    from medq.models.api import ApiModel
    from medq.models.interface import Answer, Request
    from medq.models.settings import ModelSettings
    from medq_tasks.images.sent import SentImage
    from medq_tasks.item import Item

    settings = ModelSettings(
        kind="litellm", id="openai/m", api_base=options.url, concurrency=CONCURRENCY, max_tokens=64, temperature=0
    )
    model = ApiModel(settings)

    async def ask(number: int) -> bool:
        data = picture(number, options.image_kb)
        image = SentImage(data, "image/png", "", "png", 512, 512, 8, "", "png", bit_identical=True, lossless=True)
        item = Item(str(number), "perception", "", ())
        (outcome,) = await model.answer([Request(item, PROMPT.format(number=number), (image,))])
        return isinstance(outcome, Answer)

    try:
        return await ask_all(options.questions, model.concurrency, ask)
    finally:
        await model.close()


async def plain_openai(options: argparse.Namespace) -> int:
    """`openai.AsyncOpenAI` with its defaults."""
    from openai import AsyncOpenAI

    async with AsyncOpenAI(api_key="none", base_url=options.url) as client:

        async def ask(number: int) -> bool:
            data = base64.b64encode(picture(number, options.image_kb)).decode()
            parts: list[Any] = [
                {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{data}"}},
                {"type": "text", "text": PROMPT.format(number=number)},
            ]
            done = await client.chat.completions.create(
                model="m", messages=[{"role": "user", "content": parts}], max_tokens=64, temperature=0
            )
            return bool(done.choices[0].message.content)

        return await ask_all(options.questions, CONCURRENCY, ask)


CLIENTS: dict[str, Callable[[argparse.Namespace], Coroutine[Any, Any, int]]] = {
    "medq ApiModel": ours,
    "openai AsyncOpenAI": plain_openai,
}


if __name__ == "__main__":
    main()
