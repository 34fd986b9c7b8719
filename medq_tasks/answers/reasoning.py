"""Reasoning blocks, which are not the answer, set aside; and answer blocks, which are all of it."""

from __future__ import annotations

import re

from medq_tasks.answers.fold import blank
from medq_tasks.answers.reading import Span

# Qwen, DeepSeek and others; Kimi; Magistral; ByteDance Seed; prompts that ask for <reasoning>.
_NAMES = r"(?:seed:)?(?:think(?:ing)?|thought|reasoning|analysis|scratchpad|cot)"
_MARK = re.compile(rf"<(?P<a>/?){_NAMES}>|◁(?P<k>/?)think▷|\[(?P<m>/?)THINK\]", re.IGNORECASE)
# <answer>; GLM's box; the final channel of OpenAI's open-weights models.
_ANSWER = re.compile(
    r"<(?:final_)?answer>|<\|begin_of_box\|>|<\|channel\|>final<\|message\|>|(?P<close></(?:final_)?answer>|<\|end_of_box\|>)",
    re.IGNORECASE,
)


def set_aside(text: str) -> tuple[str, bool]:
    """`text` with every reasoning block blanked, and whether the last one was never closed.

    A closing mark without an opening one ends a block that began with the response: chat templates put the opening
    mark into the prompt. An unclosed block reaches to the end: the model ran out of tokens while thinking.
    """
    blocks, unclosed = _blocks(text)
    return blank(text, blocks), unclosed


def _blocks(text: str) -> tuple[list[Span], bool]:
    begin: int | None = None
    blocks: list[Span] = []
    for mark in _MARK.finditer(text):
        if not (mark["a"] or mark["k"] or mark["m"]):
            begin = mark.start() if begin is None else begin
        else:
            blocks = [(0, mark.end())] if begin is None else [*blocks, (begin, mark.end())]
            begin = None
    if begin is not None:
        blocks.append((begin, len(text)))
    return blocks, begin is not None


def answer_block(text: str) -> Span | None:
    """Where the content of the last `<answer>` block lies; an unclosed block reaches to the end. None without one."""
    begin: int | None = None
    end = len(text)
    for mark in _ANSWER.finditer(text):
        if mark["close"] is None:
            begin, end = mark.end(), len(text)
        elif end == len(text):
            end = mark.start()
    return None if begin is None or end < begin else (begin, end)
