"""The documents of the MedQ-Deg tasks for lmms-eval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from medq_tasks.degradation.prompt import render
from medq_tasks.lmms.docs import Doc, documents, item_of

if TYPE_CHECKING:
    from datasets import Dataset


def dev(_stub: object) -> Dataset:
    """The items of the dev split."""
    return documents("degradation", "dev")


def test(_stub: object) -> Dataset:
    """The items of the test split."""
    return documents("degradation", "test")


def question(doc: Doc, lmms_eval_specific_kwargs: Mapping[str, Any] | None = None) -> str:
    """The prompt in the version that the YAML names; the released loader's where it names none."""
    return render(item_of(doc), (lmms_eval_specific_kwargs or {}).get("prompt", "paper"))
