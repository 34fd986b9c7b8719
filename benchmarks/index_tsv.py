"""Index a MedQ-Deg-sized TSV (24,894 rows, 1 GB of base64 images): time and peak memory, ours beside pandas.

    python benchmarks/index_tsv.py [--rows 24894] [--repeats 3]

Each reader runs in a process of its own on the same temporary file, which is read once before, so that all find it
in the page cache. "above start-up" is the peak resident set less the one after the imports (Linux: VmHWM and VmRSS;
ru_maxrss of a child begins at its parent's and would flatter the reader).
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

IMAGE_BYTES = 30_000
READERS = {
    "medq_tasks.data.load_items": """
from medq_tasks.data import load_items
import medq_tasks.data.tsv
begin()
n = len(load_items(Path(sys.argv[1]), task="degradation"))
""",
    "pandas.read_csv": """
import pandas
begin()
n = len(pandas.read_csv(sys.argv[1], sep="\\t", keep_default_na=False))
""",
}
HARNESS = """
import json, re, sys, time
from pathlib import Path
def memory(key): return int(re.search(key + r":\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024
def begin():
    global base, start
    base, start = memory("VmRSS"), time.perf_counter()
{reader}
print(json.dumps(dict(seconds=time.perf_counter() - start, rows=n, peak=memory("VmHWM"), above=memory("VmHWM") - base)))
"""


def main() -> None:
    """Write the file, run each reader, print one line each and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=24_894)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "MedQ-Robust-simulate-test.tsv"
        write(path, options.rows)
        warm(path)
        size = path.stat().st_size / 1e9
        print(f"{options.rows} rows, {size:.2f} GB, median of {options.repeats}, {os.cpu_count()} cores")
        medians = [measure(name, reader, path, options.repeats) for name, reader in READERS.items()]
    print(f"ratio of times, pandas to ours: {medians[1] / medians[0]:.1f}")


def write(path: Path, rows: int) -> None:
    """A file of the MedQ-Deg shape; every image is different random bytes."""
    draw = random.Random(7)
    with path.open("wb") as file:
        file.write(b"index\timage\tquestion\tA\tB\tC\tD\tanswer\tmodality\tdegradation_type\tdegradation_severity\n")
        for row in range(rows):
            image = base64.b64encode(draw.randbytes(IMAGE_BYTES)).decode()
            question = f'"Which structure does arrow ""{row % 7}"" point to?"' if row % 5 == 0 else "What is seen?"
            texts = (question, "Liver", "Spleen", "Kidney", "Pancreas", "ABCD"[row % 4], "CT", "gaussian_noise")
            line = "\t".join((f"q{row}", image, *texts, ("mild", "severe")[row % 2])) + "\n"
            file.write(line.encode())


def warm(path: Path) -> None:
    """Read the file once."""
    with path.open("rb", buffering=0) as file:
        while file.read(1 << 24):
            pass


def measure(name: str, reader: str, path: Path, repeats: int) -> float:
    """The median seconds of a reader in processes of its own, printed with its peak memory."""
    command = [sys.executable, "-c", HARNESS.format(reader=reader), str(path)]
    results = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(repeats)]
    seconds = statistics.median(result["seconds"] for result in results)
    peak, above = (max(result[key] for result in results) / 1e6 for key in ("peak", "above"))
    memory = f"peak RSS {peak:5.0f} MB, {above:5.0f} MB above start-up"
    print(f"{name:28} {seconds:6.2f} s   {memory}   {results[0]['rows']} rows")
    return seconds


if __name__ == "__main__":
    main()
