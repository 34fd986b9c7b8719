"""The question as a model gets it, in the paper's words or in those of the released code."""

from __future__ import annotations

from pathlib import Path

from medq_tasks.item import Item
from medq_tasks.prompt_file import PromptFile, option_lines

PROMPTS = PromptFile(Path(__file__).parent / "prompts")
VERSIONS = ("paper", "released")


def render(item: Item, version: str = "paper") -> str:
    """The prompt of `item`: its question and its options, one a line as `A. text`.

    `paper`: the template of appendix A (arXiv 2510.01691). `released`: the template of the benchmark's code in
    VLMEvalKit, which also asks for the letter alone. Raises `InputError` for another version.
    """
    return PROMPTS.render(version, question=item.question, options=option_lines(item.options))
