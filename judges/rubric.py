"""The words that a judge is asked with, read from the versioned text files of `judges/rubrics`."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from judges.axes import allowed_scores

VERSION = "v1"
SYSTEM = "You are a helpful assistant."
RESPONSE_MARK = "MLLM DESC"
REFERENCE_MARK = "GOLDEN DESC"
FOLDER = Path(__file__).parent / "rubrics"


@cache
def rubric(task: str, axis: str) -> str:
    """The published user text for one axis, placeholders included; the words of the paper's section A.3.

    The paper breaks its lines to fit the page; the line structure here is that of the released code (a single line).
    Raises `JudgeInputError` for an unknown task or axis.
    """
    allowed_scores(task, axis)
    return (FOLDER / VERSION / task / f"{axis}.txt").read_text(encoding="utf-8").removesuffix("\n")


def rubric_sha256(task: str, axis: str) -> str:
    """The hash of the text, for the manifest and the journal's key."""
    return hashlib.sha256(rubric(task, axis).encode()).hexdigest()
