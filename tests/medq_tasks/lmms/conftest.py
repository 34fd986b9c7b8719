"""A small file of perception items that lmms-eval's tasks read through MEDQ_DATA."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from medq_tasks.lmms.items import items_of

QUESTIONS = (
    ("q1", "Is noise visible?", ("Yes", "No"), "A", "yes_or_no"),
    ("q2", "What artifact is shown?", ("Ring", "Streak", "None"), "C", "what"),
    ("q3", "How strong is the blur?", ("Mild", "Moderate", "Severe"), "B", "how"),
    ("q4", "Is the image sharp?", ("Yes", "No"), "B", "yes_or_no"),
)


def png(value: int) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.arange(48, dtype=np.uint8).reshape(6, 8) + np.uint8(value)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def items_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    header = "index\timage\tquestion\tA\tB\tC\tanswer\tmodality\tquestion_type\n"
    rows = [
        "\t".join(
            (
                index,
                base64.b64encode(png(i // 2)).decode(),
                question,
                *options,
                *[""] * (3 - len(options)),
                gold,
                "CT",
                kind,
            )
        )
        for i, (index, question, options, gold, kind) in enumerate(QUESTIONS)
    ]
    path = tmp_path / "medqbench_QA_test.tsv"
    path.write_text(header + "\n".join(rows) + "\n", encoding="utf-8")
    monkeypatch.setenv("MEDQ_DATA", str(path))
    items_of.cache_clear()
    yield path
    items_of.cache_clear()
