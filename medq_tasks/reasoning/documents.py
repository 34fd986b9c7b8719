"""The documents of the reasoning tasks for lmms-eval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from medq_tasks.lmms.docs import Doc, item_of
from medq_tasks.lmms.judged import judged_documents
from medq_tasks.reasoning.prompt import render

if TYPE_CHECKING:
    from datasets import Dataset


def dev(_stub: object) -> Dataset:
    """The items of the dev split."""
    return judged_documents("reasoning", "dev")


def test(_stub: object) -> Dataset:
    """The items of the test split."""
    return judged_documents("reasoning", "test")


def question(doc: Doc, lmms_eval_specific_kwargs: Mapping[str, Any] | None = None) -> str:
    """The prompt in the version that the YAML names; the paper's where it names none."""
    return render(item_of(doc), (lmms_eval_specific_kwargs or {}).get("prompt", "paper"))
