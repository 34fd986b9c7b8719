"""The reasoning prompt, frozen."""

import hashlib
from dataclasses import replace

import pytest

from medq_tasks.errors import InputError
from medq_tasks.item import Item
from medq_tasks.reasoning import VERSIONS, render
from medq_tasks.reasoning.prompt import PROMPT

ITEM = Item("1", "reasoning", "", (), reference="Overall, good.")


def test_paper_prompt_is_the_published_one() -> None:
    assert render(ITEM) == (
        "As a medical image quality assessment expert, provide a concise description focusing on low-level "
        'appearance of the image in details. Conclude with "Overall, the quality of this image is '
        '[good/usable/reject]". Please provide a comprehensive but concise assessment in 3-5 sentences.'
    )


def test_prompt_file_has_not_changed() -> None:
    digest = "a2ffe3b53e9a94d0ecf4ce84650ee7b3e41ec672c4c6118d3b2d99d08df06e9b"
    assert hashlib.sha256((PROMPT.file.folder / "paper.txt").read_bytes()).hexdigest() == digest


def test_released_prompt_is_the_own_question_of_the_row_and_the_published_one_without_it() -> None:
    own = replace(ITEM, question=" Describe it. {task} ")
    assert render(own, "released") == "Describe it. {task}"
    assert render(own) == render(ITEM) == render(ITEM, "released")


def test_other_versions_are_refused() -> None:
    assert VERSIONS == ("paper", "released")
    with pytest.raises(InputError, match=r"set task\.prompt"):
        render(ITEM, "mine")
