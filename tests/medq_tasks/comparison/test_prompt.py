"""The comparison prompt, frozen."""

import hashlib
from dataclasses import replace

import pytest

from medq_tasks.comparison import VERSIONS, render
from medq_tasks.comparison.prompt import PROMPT
from medq_tasks.errors import InputError
from medq_tasks.item import Item

ITEM = Item("1", "comparison", "", (), reference="Overall, good.")


def test_paper_prompt_is_the_published_one() -> None:
    assert render(ITEM) == (
        "As a medical image quality assessment expert, provide a concise description comparing two images "
        "focusing on low-level appearance. Conclude with which image has higher quality. Please provide a "
        "comprehensive but concise assessment in 3-5 sentences."
    )


def test_prompt_file_has_not_changed() -> None:
    digest = "c5d6b298d9be9449b2d2c82b0ccc6001995012ad4db750f68d35fcc8ee0c988d"
    assert hashlib.sha256((PROMPT.file.folder / "paper.txt").read_bytes()).hexdigest() == digest


def test_released_prompt_is_the_own_question_of_the_row_and_the_published_one_without_it() -> None:
    own = replace(ITEM, question=" Describe it. {task} ")
    assert render(own, "released") == "Describe it. {task}"
    assert render(own) == render(ITEM) == render(ITEM, "released")


def test_other_versions_are_refused() -> None:
    assert VERSIONS == ("paper", "released")
    with pytest.raises(InputError, match=r"set task\.prompt"):
        render(ITEM, "mine")
