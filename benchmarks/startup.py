"""Where the time goes from the command to its first answer, stage by stage, each in a fresh process.

    python -m benchmarks.startup [--repeats 5]

Stages: python (the interpreter), imports (Hydra, pydantic, the schema), compose (the configuration, validated), items
(the sample set's perception items), model (built, nothing loaded), load (torch, lmms-eval and the weights, for open
weights alone), answer (the first question). "--help" is the whole command. The tiny model has random weights.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

from tests.tiny_models import tiny

STAGES = ("python", "imports", "compose", "items", "model", "load", "answer")
CODE = """
import json, sys, time
marks = [("python", time.time())]
def done(stage):
    marks.append((stage, time.time()))
import asyncio
from hydra import compose, initialize_config_dir
from medq.compose import validate
from medq.paths import CONF
from medq.run.model import run_model
from medq.run.question import Preparer
from medq.run.work import plan_work
done("imports")
with initialize_config_dir(str(CONF), version_base="1.3"):
    config = validate(compose("config", overrides=["+task=perception", *sys.argv[2:]]))
done("compose")
work = plan_work(config)
done("items")
model = run_model(config)
done("model")
if config.model.kind == "lmms":
    asyncio.run(model.answer([]))
done("load")
prepare = Preparer(identity=model.identity, seed=0, window=None, allow_lossy=False, keep=None)
request = prepare(next(work.questions())).request
asyncio.run(model.answer([request]))
done("answer")
asyncio.run(model.close())
print(json.dumps(dict((stage, at - float(sys.argv[1])) for stage, at in marks)))
"""


def main() -> None:
    """Prints seconds a stage, the median over the repeats, for two models, and those of --help."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    models = {
        "model=iqa": ["model=iqa"],
        "model=qwen72b, tiny weights": [
            "model=qwen72b", f"model.path={tiny('qwen2_5_vl')}", "hardware=cpu", "model.max_tokens=8",
        ],
    }  # fmt: skip
    print(f"medians of {repeats} fresh processes, {os.cpu_count()} cores; s")
    print(f"  {'':28}" + "".join(f"{stage:>9}" for stage in (*STAGES, "sum")))
    for name, overrides in models.items():
        runs = [_stages(overrides) for _ in range(repeats)]
        spans = [statistics.median(run[stage] for run in runs) for stage in STAGES]
        print(f"  {name:28}" + "".join(f"{span:9.2f}" for span in (*spans, sum(spans))))
    print(f"  {'--help, whole':28}{statistics.median(_help_s() for _ in range(repeats)):9.2f}")


def _stages(overrides: Sequence[str]) -> dict[str, float]:
    """Seconds that each stage took."""
    command = [sys.executable, "-c", CODE, str(time.time()), *overrides]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    ends = json.loads(done.stdout.splitlines()[-1])
    starts = [0.0, *(ends[stage] for stage in STAGES)]
    return {stage: ends[stage] - start for stage, start in zip(STAGES, starts, strict=False)}


def _help_s() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "medq", "--help"], capture_output=True, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
