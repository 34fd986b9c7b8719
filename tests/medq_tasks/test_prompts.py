"""The prompts of the four tasks, frozen: their files, their versions, and what is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import medq_tasks
from medq_tasks import comparison, degradation, perception, reasoning
from medq_tasks.errors import InputError
from medq_tasks.item import Item, Option

OPTIONS = (Option("A", "Yes"), Option("B", "No"))
RENDER: dict[str, Callable[..., str]] = {
    "comparison": comparison.render,
    "degradation": degradation.render,
    "perception": perception.render,
    "reasoning": reasoning.render,
}
DIGESTS = {
    "comparison/paper": "c5d6b298d9be9449b2d2c82b0ccc6001995012ad4db750f68d35fcc8ee0c988d",
    "degradation/paper": "34b68e39544012a5245362c6aa1be3ff1db06f372d06f6665ba8378c228eaa66",
    "degradation/percent": "47c58443bdcd4834ba7bd925ccdda225da9a70ef1a1dd56d922d2e7f57869108",
    "perception/paper": "880f68c0e98616624f659f5ce77d440ac82cd05615c3da7813c314de59fb14c3",
    "perception/released": "3e617ec78e53ce68c15c9b5dae2b38cf57b5faeaf1cba123f47786408e70601b",
    "reasoning/paper": "a2ffe3b53e9a94d0ecf4ce84650ee7b3e41ec672c4c6118d3b2d99d08df06e9b",
}
VERSIONS = {
    "comparison": ("paper", "released"),
    "degradation": ("paper", "percent"),
    "perception": ("paper", "released"),
    "reasoning": ("paper", "released"),
}


def item(task: str) -> Item:
    if task in {"perception", "degradation"}:
        return Item("1", task, "Is it sharp?", (), OPTIONS, answer="A")
    return Item("1", task, "", (), reference="Overall, good.")


def test_prompt_files_have_not_changed_and_none_was_added() -> None:
    root = Path(medq_tasks.__file__).parent
    files = {f"{task}/{file.stem}": file for task in RENDER for file in (root / task / "prompts").glob("*.txt")}
    assert {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()} == DIGESTS


@pytest.mark.parametrize("task", RENDER)
def test_every_version_renders_and_others_are_refused(task: str) -> None:
    assert VERSIONS[task] == getattr(medq_tasks, task).VERSIONS
    assert all(RENDER[task](item(task), version) for version in VERSIONS[task])
    with pytest.raises(InputError, match=r"set task\.prompt"):
        RENDER[task](item(task), "mine")


@pytest.mark.parametrize("task", ["comparison", "reasoning"])
def test_released_is_the_own_question_of_the_row_and_the_published_words_without_one(task: str) -> None:
    own, none, render = replace(item(task), question=" Describe it. {task} "), item(task), RENDER[task]
    assert render(own, "released") == "Describe it. {task}"
    assert render(own) == render(none) == render(none, "released")
