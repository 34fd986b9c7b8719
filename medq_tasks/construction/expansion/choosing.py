"""The expander that a spec asks for."""

from __future__ import annotations

from pathlib import Path

from medq_tasks.construction.expansion.expander import Expander, TemplateExpander
from medq_tasks.construction.spec import Expansion


def make_expander(expansion: Expansion, state: Path) -> Expander:
    """The expander; that of a language model keeps its answers below `state`, so that none is paid for twice."""
    if expansion.mode == "template":
        return TemplateExpander()
    from medq_tasks.construction.expansion.language_model import LanguageModelExpander

    return LanguageModelExpander(expansion, state / "expansion.jsonl")
