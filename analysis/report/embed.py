"""The rows of the sample browser as JSON that is safe inside an HTML page.

A model's text is hostile: nothing in it may end the script element, and the page's script only ever sets it as text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from analysis.report.thumbnails import previews
from analysis.run import Run
from medq.records import ImageRecord, Sample

TEXT_BYTES = 1_500_000  # of all responses, judge texts and references together
CAPS = (20_000, 8_000, 4_000, 2_000, 1_000, 500)  # characters of one text, the longest that fits is taken
LEFT_OUT = frozenset({"images", "prompt", "response", "reference", "judge"})
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def safe_json(value: object) -> str:
    r"""JSON that cannot leave a script element, and that any encoding can carry.

    >>> safe_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def browser_data(runs: Sequence[Run], *, beside: Path) -> dict[str, Any]:
    """Runs, distinct images, shared beginnings of prompts, and rows that point to them by number.

    `beside` is the folder of the report: kept images are linked relative to it.
    """
    cap = text_cap(sample for run in runs for sample in run.samples)
    images: dict[tuple[int, str, str], dict[str, Any]] = {}
    stems: dict[str, int] = {}
    rows = []
    for number, run in enumerate(runs):
        stem = os.path.commonprefix([sample.prompt for sample in run.samples])
        stem_number = stems.setdefault(stem, len(stems))
        for sample in run.samples:
            shown = [_number_of(images, (number, image.sent_sha256, image.sha256), image) for image in sample.images]
            rows.append(
                _row(sample, cap)
                | {"run": number, "images": shown, "prompt": [stem_number, sample.prompt[len(stem) :]]}
            )
    _add_previews(images, runs, beside)
    return {"stems": list(stems), "images": list(images.values()), "rows": rows, "runs": [run.name for run in runs]}


def text_cap(samples: Iterable[Sample]) -> int:
    """How many characters of a response fit so that all of them stay under `TEXT_BYTES`."""
    lengths = [len(text) for sample in samples for text in _long_texts(sample)]
    return next((cap for cap in CAPS if sum(min(length, cap) for length in lengths) <= TEXT_BYTES), CAPS[-1])


def _long_texts(sample: Sample) -> Iterable[str]:
    yield from (text for text in (sample.response, sample.reference) if text)
    for verdict in (sample.judge or {}).values():
        yield verdict.raw or ""


def _row(sample: Sample, cap: int) -> dict[str, Any]:
    row = {
        name: value
        for name in Sample.model_fields
        if name not in LEFT_OUT and (value := getattr(sample, name)) not in (None, {}, [])
    }
    row |= {name: _cut(text, cap) for name in ("response", "reference") if (text := getattr(sample, name)) is not None}
    if sample.judge:
        row["judge"] = {
            axis: {"score": verdict.score, "state": verdict.state, "raw": _cut(verdict.raw or "", cap)}
            for axis, verdict in sample.judge.items()
        }
    return row


def _cut(text: str, cap: int) -> str | list[str | int]:
    """The text, or its beginning with the number of characters that were left out."""
    return text if len(text) <= cap else [text[:cap], len(text) - cap]


def _number_of(
    images: dict[tuple[int, str, str], dict[str, Any]], key: tuple[int, str, str], image: ImageRecord
) -> int:
    entry = images.setdefault(key, image.model_dump(include=set(ImageRecord.model_fields), exclude_none=True))
    return int(entry.setdefault("number", len(images) - 1))


def _add_previews(images: dict[tuple[int, str, str], dict[str, Any]], runs: Sequence[Run], beside: Path) -> None:
    """The pixels come last, because their size depends on how many images there are."""
    for number, run in enumerate(runs):
        found = previews(run.path, [sha for of_run, sha, _ in images if of_run == number])
        for (of_run, sha, _), entry in images.items():
            if of_run == number and sha in found:
                entry["preview"] = found[sha].uri
                entry["file"] = Path(os.path.relpath(found[sha].file, beside)).as_posix()
