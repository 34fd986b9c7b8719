"""Open weights in this process against a bare loop of processor and `generate`, in the same process on the same files.

    python -m benchmarks.local_model [--items 64] [--batch 4] [--tokens 32] [--side 512] [--repeats 3]
    python -m benchmarks.local_model --shape 7b --device cuda        # random weights in the shape of Qwen2.5-VL-7B

"medq" is the run loop with its journal on disk, prompts, images from files, integrity record and all. "bare" decodes
the same files, calls the same processor on each batch, then `generate`, then decodes the tokens. Both are warm, both
must say the same. "Idle" is the share of medq's time in which no forward pass is under way. Random weights: what they
say is noise and no result.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from PIL import Image

from medq.hardware import HardwareSettings
from medq.journal import Journal
from medq.models.interface import Answer
from medq.models.lmms import LmmsModel
from medq.models.settings import LocalSettings, ModelSettings
from medq.run.loop import Asked, ask_all
from medq.run.question import Preparer, Question
from medq_tasks.item import Item
from tests.tiny_models import tiny, write_qwen_7b

PROMPT = "You are an expert in medical image quality assessment. Is this image free of noise?\nA. Yes\nB. No"


class OnDisk:
    """An image in a file."""

    def __init__(self, path: Path) -> None:
        self.name, self._path = str(path), path

    def read(self) -> bytes:
        """The file's bytes."""
        return self._path.read_bytes()


class Timed:
    """The model's `generate` with a clock."""

    def __init__(self, generate: Callable[..., Any]) -> None:
        self._generate, self.busy_s = generate, 0.0

    def __call__(self, **given: Any) -> Any:
        began = time.perf_counter()
        try:
            return self._generate(**given)
        finally:
            _wait_for_device()
            self.busy_s += time.perf_counter() - began


def main() -> None:
    """Prints items per second of both, their ratio, the idle share and the time to the first answer."""
    options = _options()
    with TemporaryDirectory() as held:
        folder = write_qwen_7b(Path(held) / "weights") if options.shape == "7b" else tiny("qwen2_5_vl")
        questions = list(_questions(Path(held), options.items, options.side))
        began = time.perf_counter()
        model = _model(folder, options)
        asyncio.run(model.answer([]))  # loads
        engine = model._opened()
        clock = engine.generator._generate = Timed(engine.generator._generate)
        asked, _ = _ours(model, questions[:1], Path(held) / "first")
        first_s = time.perf_counter() - began
        _ours(model, questions[: options.batch], Path(held) / "warm")
        spans: dict[str, list[float]] = {"medq": [], "bare": []}
        processor: dict[str, list[float]] = {"medq": [], "bare": []}
        idle = []
        for repeat in range(options.repeats):
            clock.busy_s, began = 0.0, time.process_time()
            asked, span_s = _ours(model, questions, Path(held) / str(repeat))
            processor["medq"].append(time.process_time() - began)
            spans["medq"].append(span_s)
            idle.append(1 - clock.busy_s / span_s)
            began = time.process_time()
            said, span_s = _bare(engine.loaded, clock, questions, options)
            processor["bare"].append(time.process_time() - began)
            spans["bare"].append(span_s)
        asyncio.run(model.close())
    ours = [one.outcome.text for one in asked if isinstance(one.outcome, Answer)]
    if ours != said:
        different = sum(one != other for one, other in zip(ours, said, strict=True))
        print(f"  {different} of {len(said)} texts differ (bfloat16 depends on the batch; float32 must not)")
    _show(options, spans, processor, idle, load_s=engine.load_s, first_s=first_s)


def _ours(model: LmmsModel, questions: Sequence[Question], folder: Path) -> tuple[list[Asked], float]:
    """The questions through the run loop with a new journal, and the seconds it took."""
    folder.mkdir()
    prepare = Preparer(identity=model.identity, seed=0, window=None, allow_lossy=False, keep=None)
    with Journal(folder / "journal.sqlite") as journal:
        began = time.perf_counter()
        asked = asyncio.run(
            ask_all(questions, prepare=prepare, model=model, journal=journal, observe=lambda _outcome, _known: None)
        )
        return asked, time.perf_counter() - began


def _bare(
    loaded: Any, generate: Any, questions: Sequence[Question], options: argparse.Namespace
) -> tuple[list[str], float]:
    """The same questions without anything around processor and model."""
    processor = loaded.processor._inner
    network = loaded.model
    said: list[str] = []
    began = time.perf_counter()
    for start in range(0, len(questions), options.batch):
        batch = questions[start : start + options.batch]
        images = [Image.open(io.BytesIO(one.item.images[0].read())).convert("RGB") for one in batch]
        chats = [
            [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": one.prompt}]}] for one in batch
        ]
        text = [processor.apply_chat_template(chat, tokenize=False, add_generation_prompt=True) for chat in chats]
        inputs = processor(text=text, images=images, padding=True, padding_side="left", return_tensors="pt")
        inputs = inputs.to(network.device, network.dtype)
        made = generate(**inputs, max_new_tokens=options.tokens, do_sample=False)
        new = made[:, inputs["input_ids"].shape[1] :]
        said += processor.batch_decode(new, skip_special_tokens=True, clean_up_tokenization_spaces=False)
    return said, time.perf_counter() - began


def _questions(folder: Path, count: int, side: int) -> Iterator[Question]:
    """Items with an image each, smooth with a little noise as medical images are, in files."""
    y, x = np.mgrid[0:side, 0:side] / side
    for number in range(count):
        noise = np.random.default_rng(number).normal(0, 4, (side, side))
        values = 120 + 80 * np.sin(3 * x + number) * np.cos(4 * y) + noise
        path = folder / f"{number}.png"
        Image.fromarray(values.clip(0, 255).astype(np.uint8)).convert("RGB").save(path)
        item = Item(str(number), "perception", "Is it noisy?", (OnDisk(path),))
        yield Question(item, f"{PROMPT} ({number})", 0)


def _model(folder: Path, options: argparse.Namespace) -> LmmsModel:
    settings = ModelSettings(
        kind="lmms",
        id="medq/random-weights",
        path=folder,
        max_tokens=options.tokens,
        local=LocalSettings(model="qwen2_5_vl"),
    )
    dtype = "float32" if options.device == "cpu" else "bfloat16"
    place = {"device": options.device, "dtype": dtype, "batch_size": options.batch, "gpus_per_model": 1}
    return LmmsModel(settings, HardwareSettings.model_validate({"name": "benchmark", **place}))


def _show(
    options: argparse.Namespace,
    spans: dict[str, list[float]],
    processor: dict[str, list[float]],
    idle: Sequence[float],
    *,
    load_s: float,
    first_s: float,
) -> None:
    medq_s, bare_s = (statistics.median(spans[name]) for name in ("medq", "bare"))
    ratios = [bare / ours for ours, bare in zip(spans["medq"], spans["bare"], strict=True)]
    size = f"{options.side} x {options.side} px, batch {options.batch}, {options.tokens} tokens"
    print(f"{options.items} items, {size}, {options.shape} on {options.device}, {os.cpu_count()} cores")
    print(f"  bare loop   {options.items / bare_s:8.2f} items/s   median of {options.repeats}")
    print(f"  medq        {options.items / medq_s:8.2f} items/s")
    print(f"  ratio       {statistics.median(ratios):8.3f}           {', '.join(f'{one:.3f}' for one in ratios)}")
    cpu = [1000 * statistics.median(processor[name]) / options.items for name in ("bare", "medq")]
    print(f"  CPU time    {cpu[0]:8.1f} ms       an item, bare loop; medq {cpu[1]:.1f} ms")
    print(f"  idle        {100 * statistics.median(idle):8.1f} %         of medq's time without a forward pass")
    print(f"  loading     {load_s:8.2f} s         first answer after {first_s:.2f} s, imports of torch included")


def _wait_for_device() -> None:
    import torch

    if torch.cuda.is_available():
        torch.cuda.synchronize()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--items", type=int, default=64)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--tokens", type=int, default=32)
    parser.add_argument("--side", type=int, default=512, help="px")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--shape", choices=["tiny", "7b"], default="tiny")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    return parser.parse_args()


if __name__ == "__main__":
    main()
