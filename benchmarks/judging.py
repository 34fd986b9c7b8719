"""One official split judged: 354 answers on four axes, a judge with 300 ms latency, 64 calls at a time.

    python benchmarks/judging.py [--repeats 3] [--sequential 20]

Beside it, the loop of the released code, written anew from its description in docs/judges.md: one call after
the other, then 0.5 s of sleep. It is run on `--sequential` answers only and EXTRAPOLATED to all of them, and marked so.
"Ideal" is ceil(calls / 64) x latency. The judge is `python -m medq.faultserver` in a process of its own, on the same
cores.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from judges.axes import AXES
from judges.prompt import render
from judges.record import AnswerRow
from medq.judging.settings import JudgeSettings
from medq.judging.stage import judge_answers

ITEMS = 354
LATENCY_S = 0.3
CONCURRENCY = 64
SLEEP_S = 0.5
ANSWER = "Image {n} shows moderate noise and slight blur. Overall, the quality of this image is usable."
REFERENCE = "The image shows moderate noise and mild blur. Overall, the quality of this image is usable."


def main() -> None:
    """Prints the time of both, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--sequential", type=int, default=20, help="answers that the sequential loop judges")
    options = parser.parse_args()
    rows = [AnswerRow(str(n), "reasoning", ANSWER.format(n=n), "scored", REFERENCE) for n in range(ITEMS)]
    command = [sys.executable, "-m", "medq.faultserver", "--latency", str(LATENCY_S)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        url = server.stdout.readline().strip() if server.stdout else ""
        try:
            spans = [judge_stage(rows, url) for _ in range(options.repeats)]
            loop_s = sequential(rows[: options.sequential], url) * ITEMS / options.sequential
        finally:
            server.terminate()
    ideal_s = math.ceil(ITEMS * len(AXES) / CONCURRENCY) * LATENCY_S
    ours_s = statistics.median(spans)
    print(
        f"{ITEMS} answers x {len(AXES)} axes, {LATENCY_S} s latency, concurrency {CONCURRENCY}, {os.cpu_count()} cores"
    )
    times = f"{ours_s / ideal_s:.3f} x ideal ({ideal_s:.2f} s)"
    print(f"  medq judge stage     {ours_s:8.2f} s   {times}, median of {options.repeats}")
    print(f"  sequential, sleeping {loop_s:8.2f} s   EXTRAPOLATED from {options.sequential} answers")
    print(f"  ratio                {loop_s / ours_s:8.1f}")


def judge_stage(rows: Sequence[AnswerRow], url: str) -> float:
    """Seconds from the call of the judge stage to its judgements, journal included."""
    settings = JudgeSettings(kind="litellm", name="bench", id="judge", api_base=url, concurrency=CONCURRENCY)
    with TemporaryDirectory() as folder:
        began = time.perf_counter()
        judged = judge_answers(rows, settings, Path(folder), label="judging")
        span = time.perf_counter() - began
    missing = sum(one.axes[axis].score is None for one in judged.judgements for axis in AXES)
    if missing:
        raise SystemExit(f"{missing} verdicts are missing")
    return span


def sequential(rows: Sequence[AnswerRow], url: str) -> float:
    """Seconds of the loop that asks one verdict after the other and sleeps after each."""
    began = time.perf_counter()
    for row in rows:
        for axis in AXES:
            messages = render(
                row.task, axis, response=row.response or "", reference=row.reference or "", protocol="released"
            )
            body = {"model": "judge", "messages": [{"role": one.role, "content": one.content} for one in messages]}
            request = urllib.request.Request(
                f"{url}/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
            )
            urllib.request.urlopen(request).close()
            time.sleep(SLEEP_S)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
