"""MedQ-Deg's 24,894 questions through 8 processes of one machine with replayed answers: time, memory, journal size.

    python benchmarks/shards.py [--shards 8] [--items 2500 5000 10000 24894] [--keep FOLDER]

The file of items is generated in the column layout of the official TSVs, each image a small PNG of its own. Every size
is run through one process and through the shards, the two must write the same bytes, and the exponent of time over
items is fitted: 1 is linear. Processor time counts all processes of a command, the report's included; it is steadier
than wall time on a machine that does other things too. Stages are told apart by when the run's files were written.
"""

from __future__ import annotations

import argparse
import base64
import csv
import io
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

HEADER = ("index", "image", "question", "A", "B", "C", "D", "answer", "modality", "capability")
DEGRADED = ("degradation_type", "degradation_severity")
DEGRADATIONS = ("gaussian_noise", "gaussian_blur", "motion_blur", "brightness")
SIDE_PX = 40
SAMPLE_EVERY_S = 0.05
STAGES = ("journal.sqlite", "results.json", "report.html")


@dataclass
class Measured:
    """One command. `stages_s` are the seconds from its start to the last change of each of the run's files."""

    items: int
    shards: int
    wall_s: float
    cpu_s: float
    parent_mib: float
    stages_s: dict[str, float]
    journal_mb: float
    shard_mib: list[float] = field(default_factory=list)
    shard_s: list[float] = field(default_factory=list)


def main() -> None:
    """Generate, run, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shards", type=int, default=8)
    parser.add_argument("--items", type=int, nargs="+", default=[2_500, 5_000, 10_000, 24_894])
    parser.add_argument("--keep", type=Path, help="write here, and leave it")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; seconds")
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        found = [one for items in options.items for one in _both(folder, items, options.shards)]
    for shards in (1, options.shards):
        same = [one for one in found if one.shards == shards]
        if len(same) > 1:
            print(f"{shards} process{'es' * (shards > 1)}: time grows with items to the power of", end=" ")
            print(f"{_exponent(same, 'cpu_s'):.2f} (processor), {_exponent(same, 'wall_s'):.2f} (wall);", end=" ")
            print(f"each further item took {', '.join(_further(same))} ms of processor time")


def _both(folder: Path, items: int, shards: int) -> Iterator[Measured]:
    data = folder / f"MedQ-Robust-{items}.tsv"
    data.parent.mkdir(parents=True, exist_ok=True)
    _generate(data, items)
    results = []
    for count in (1, shards):
        run_dir = folder / f"{items}-{count}"
        measured = _measure(data, run_dir, items, count)
        _show(measured, data)
        results.append(tuple((run_dir / name).read_bytes() for name in ("results.json", "samples.jsonl")))
        yield measured
    if results[0] != results[1]:
        sys.exit(f"{items} items: one process and {shards} wrote different results")


def _generate(path: Path, items: int) -> None:
    """Each clean question is followed by mild and severe copies of two or three degradations, 5.8 rows a question."""
    draw = random.Random(24_894)
    with path.open("w", newline="", encoding="utf-8") as file, _answers(path).open("w", encoding="utf-8") as answers:
        rows = csv.writer(file, delimiter="\t")
        rows.writerow((*HEADER, *DEGRADED))
        answers.write("index\tprediction\n")
        for index, degradation, severity in _named(items):
            question = f"Which structure does the arrow point to in {index.split('_')[0]}?"
            gold = draw.choice("ABCD")
            texts = (question, "Liver", "Spleen", "Kidney", "Pancreas", gold, "CT", "anatomy")
            rows.writerow((index, _png(draw), *texts, degradation, severity))
            answers.write(f"{index}\t{gold if draw.random() < 0.6 else draw.choice('ABCD')}\n")


def _named(items: int) -> Iterator[tuple[str, str, str]]:
    made, source = 0, 0
    while True:
        several = DEGRADATIONS[: 2 + (source % 5 < 2)]
        copies = [(f"q{source}_{name}_{level}", name, level) for name in several for level in ("mild", "severe")]
        for row in ((f"q{source}", "", ""), *copies):
            if made == items:
                return
            yield row
            made += 1
        source += 1


def _png(draw: random.Random) -> str:
    from PIL import Image

    buffer = io.BytesIO()
    Image.frombytes("L", (SIDE_PX, SIDE_PX), draw.randbytes(SIDE_PX * SIDE_PX)).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def _answers(path: Path) -> Path:
    return path.with_suffix(".answers.tsv")


def _measure(data: Path, run_dir: Path, items: int, shards: int) -> Measured:
    command = [
        sys.executable, "-m", "medq", "+task=degradation", "task.runs=1", "data=local", f"data.path={data}",
        "model=replay", f"model.path={_answers(data)}", f"run.dir={run_dir}", f"hardware.shards={shards}",
        "run.keep_images=false",
    ]  # fmt: skip
    started_s, clock_s = time.time(), time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        peak = _Peak(process.pid)
        output = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall_s = time.monotonic() - clock_s
    if process.returncode:
        sys.exit(output)
    ends = json.loads((run_dir / "manifest.json").read_text()).get("shards", {}).get("ends", [])
    return Measured(
        items=items, shards=shards, wall_s=wall_s, cpu_s=usage.ru_utime + usage.ru_stime, parent_mib=peak.mib,
        stages_s={name: (run_dir / name).stat().st_mtime - started_s for name in STAGES},
        journal_mb=(run_dir / "journal.sqlite").stat().st_size / 1e6,
        shard_mib=[end["peak_rss_mib"] for end in ends], shard_s=[end["seconds"] for end in ends],
    )  # fmt: skip


class _Peak:
    """The peak resident set of a process in MiB, read from the kernel until it ends (ru_maxrss begins at ours)."""

    def __init__(self, pid: int) -> None:
        self.mib = 0.0
        self._status = Path(f"/proc/{pid}/status")
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            try:
                found = re.search(r"VmHWM:\s+(\d+) kB", self._status.read_text())
            except OSError:
                return
            if found is None:
                return
            self.mib = int(found[1]) / 1024
            time.sleep(SAMPLE_EVERY_S)


def _show(one: Measured, data: Path) -> None:
    stages = ", ".join(f"{name} at {seconds:.1f}" for name, seconds in one.stages_s.items())
    size_mb = data.stat().st_size / 1e6
    print(f"{one.items:6} items ({size_mb:.0f} MB), {one.shards} process{'es' * (one.shards > 1)}:", end=" ")
    print(f"wall {one.wall_s:.1f}, processor {one.cpu_s:.1f} ({1e3 * one.cpu_s / one.items:.2f} ms an item);", end=" ")
    print(f"{stages}; peak RSS {one.parent_mib:.0f} MiB; journal {one.journal_mb:.1f} MB", flush=True)
    if one.shard_mib:
        print(f"{'':13} shards: {_all(one.shard_mib)} MiB; {_all(one.shard_s)} s", flush=True)


def _all(values: Sequence[float]) -> str:
    return " ".join(f"{value:.0f}" if value >= 10 else f"{value:.1f}" for value in values)


def _further(found: Sequence[Measured]) -> Iterator[str]:
    """Milliseconds an item between one size and the next: start-up, which hides growth at small sizes, falls out."""
    for small, large in pairwise(found):
        yield f"{1e3 * (large.cpu_s - small.cpu_s) / (large.items - small.items):.2f}"


def _exponent(found: Sequence[Measured], name: str) -> float:
    """The slope of log time over log items, least squares."""
    pairs = [(math.log(one.items), math.log(getattr(one, name))) for one in found]
    mean_x, mean_y = (sum(values) / len(pairs) for values in zip(*pairs, strict=True))
    top = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    return top / sum((x - mean_x) ** 2 for x, _ in pairs)


if __name__ == "__main__":
    main()
