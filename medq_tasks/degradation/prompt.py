"""The question as a model gets it: the released loader's words, with or without a request for a stated confidence."""

from __future__ import annotations

from pathlib import Path

from medq_tasks.item import Item
from medq_tasks.prompt_file import PromptFile, option_lines

PROMPTS = PromptFile(Path(__file__).parent / "prompts")
VERSIONS = ("paper", "percent")


def render(item: Item, version: str = "paper") -> str:
    """The prompt of `item`: its question, its options one a line as `A. text`, and the instruction.

    `paper`: the words of MedQ-Deg's released loader (the paper prints no prompt). `percent`: the same, then a request
    for a line `Confidence: N%`; it is ours, and no result with it compares with the paper's. Raises `InputError` for
    another version.
    """
    return PROMPTS.render(version, question=item.question, options=option_lines(item.options))
