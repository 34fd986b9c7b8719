from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medq_tasks.data import validate
from medq_tasks.data.validation import Count, guess_task
from medq_tasks.errors import DataError

Tsv = Callable[..., Path]
Cell = Callable[..., Any]
QA = "index image question A B answer modality"


def qa(index: str, image: str, *, question: str = "What?", answer: str = "A") -> list[str]:
    return [index, image, question, "Yes", "No", answer, "CT"]


def bomb() -> bytes:
    """A PNG of 33 bytes and 60,000 × 60,000 px that would take 10 GB to decode."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + b"\0" * 40


def test_every_bad_row_is_listed_with_row_index_column_and_reason(write_tsv: Tsv, cell: Cell, image: Cell) -> None:
    path = write_tsv(
        QA,
        qa("good", cell()),
        qa("letter", cell(), answer="C"),
        qa("question", cell(), question=""),
        qa("base64", "*" * 80),
        qa("truncated", cell(image()[:-20])),
        qa("bomb", cell(bomb())),
        qa("good", cell()),
        ["few", "cells"],
        qa("deep", cell(image(1, mode="I;16"))),
        qa("alpha", cell(image(2, mode="RGBA"))),
    )
    found = validate(path)
    assert not found.ok
    assert found.task == "perception"
    assert [(problem.row, problem.index, problem.column) for problem in found.problems] == [
        (3, "letter", "answer"),
        (4, "question", "question"),
        (5, "base64", "image"),
        (6, "truncated", "image"),
        (7, "bomb", "image"),
        (8, "good", "index"),
        (9, "", ""),
    ]
    reasons = [problem.reason for problem in found.problems]
    parts = ["got 'C'", "empty cell", "base64", "whole PNG", "178 million pixels", "row 2 again", "got 2"]
    assert all(part in reason for part, reason in zip(parts, reasons, strict=True)), reasons
    assert found.kinds == {"png, 8-bit colour": 1, "png, 16-bit grey": 1, "png, 8-bit colour and alpha": 1}
    assert any("1 image(s) of more than 8 bits" in note for note in found.notes)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_bom_crlf_and_quoted_newlines_are_no_faults(write_tsv: Tsv, cell: Cell, end: str) -> None:
    path = write_tsv(QA, qa("q1", cell(), question='"What\nis ""it""?"'), qa("q2", cell()), end=end)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert validate(path).problems == ()


def test_shallow_leaves_images_unread(write_tsv: Tsv) -> None:
    path = write_tsv(QA, qa("q", "*" * 80))
    assert validate(path, deep=False).ok
    assert not validate(path, deep=True).ok


def test_an_image_that_rows_share_is_reported_once(write_tsv: Tsv, cell: Cell) -> None:
    path = write_tsv(QA, qa("q1", "q2"), qa("q2", "*" * 80), qa("q3", "q2"))
    assert [problem.row for problem in validate(path).problems] == [2]


def test_counts_stand_beside_the_published_ones(write_tsv: Tsv, cell: Cell) -> None:
    path = write_tsv(QA, qa("q1", cell()), qa("q2", cell(), question="Is it?"))
    counts = {(count.axis, count.value): count for count in validate(path).counts}
    assert counts["total", ""].published is not None
    assert (counts["total", ""].rows, counts["total", ""].published.count) == (2, 1305)
    assert isinstance(counts["question_type", "yes_or_no"], Count)
    assert counts["question_type", "yes_or_no"].rows == 2
    how = counts["question_type", "how"]
    assert how.published is not None
    assert (how.rows, how.published.count) == (0, 489)
    assert counts["modality", "ct"].rows == 2


def test_a_file_that_may_count_answers_from_one_is_noted(write_tsv: Tsv, cell: Cell) -> None:
    path = write_tsv(QA, *(qa(f"q{row}", cell(), answer="1") for row in range(20)))
    assert any("counts answers from 1" in note for note in validate(path, deep=False).notes)


@pytest.mark.parametrize(
    ("name", "header", "task"),
    [
        ("medqbench_QA_dev.tsv", "index", "perception"),
        ("medqbench_description_dev.tsv", "index", "reasoning"),
        ("medqbench_paired_description_dev.tsv", "index", "comparison"),
        ("MedQ-Robust-simulate-dev.tsv", "index", "degradation"),
        ("mine.tsv", "index answer", "perception"),
        ("mine.tsv", "index description", "reasoning"),
        ("mine.tsv", "index description image_b", "comparison"),
    ],
)
def test_the_task_follows_from_the_name_or_the_columns(write_tsv: Tsv, name: str, header: str, task: str) -> None:
    assert guess_task(write_tsv(header, name=name)) == task


def test_a_file_of_unknown_task_asks_for_it(write_tsv: Tsv) -> None:
    with pytest.raises(DataError, match="give --task"):
        validate(write_tsv("index image", ["a", "b"], name="mine.tsv"))
