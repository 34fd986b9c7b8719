"""The data of the sample browser as JSON that is safe inside an HTML page.

A model's text is hostile: nothing in it may end the script element, and the page's script only ever sets it as text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.report.ledger import USUAL, Ledger
from analysis.report.rows import browser_row, commonest, shared_beginning, text_cap
from analysis.report.thumbnails import IMAGES
from analysis.run import Run

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def safe_json(value: object) -> str:
    r"""JSON that cannot leave a script element.

    >>> safe_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text


def browser_data(runs: Sequence[Run], *, beside: Path) -> dict[str, Any]:
    """Everything the page's script reads: rows, and what they point to by number.

    `defaults` and `usual` are the fields of a row and of an image that are left out where they are the common ones;
    `stems` holds the beginning of all prompts of a run. `beside` is the folder of the report: kept images are
    linked relative to it.
    """
    samples = [sample for run in runs for sample in run.samples]
    cap, defaults = text_cap(samples), commonest(samples)
    stems = [shared_beginning([sample.prompt for sample in run.samples]) for run in runs]
    ledger, options = Ledger(), dict[str, int]()
    rows = []
    for number, run in enumerate(runs):
        for sample in run.samples:
            row = browser_row(sample, defaults=defaults, stem=stems[number], cap=cap)
            row["images"] = [ledger.number_of(number, image) for image in sample.images]
            row["options"] = options.setdefault(json.dumps(sample.options), len(options))
            rows.append(row | {"run": number})
    ledger.add_previews(runs)
    return {
        "stems": stems, "options": [json.loads(text) for text in options], "defaults": defaults, "usual": USUAL,
        "images": ledger.entries, "rows": rows,
        "runs": [{"name": run.name, "folder": _folder(run, beside)} for run in runs],
    }  # fmt: skip


def _folder(run: Run, beside: Path) -> str:
    return Path(os.path.relpath(run.path / IMAGES, beside)).as_posix()
