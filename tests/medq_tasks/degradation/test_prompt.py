"""The MedQ-Deg prompts, frozen."""

import hashlib

import pytest

from medq_tasks.degradation import VERSIONS, render
from medq_tasks.degradation.prompt import PROMPTS
from medq_tasks.errors import InputError
from medq_tasks.item import Item, Option

ITEM = Item("1", "degradation", "Which organ is shown?", (), (Option("A", "Liver"), Option("B", "Lung")), answer="A")


def test_the_prompt_is_that_of_the_released_loader() -> None:
    assert render(ITEM) == (
        "Which organ is shown?\n\nA. Liver\nB. Lung\n\nAnswer with the option letter from the given choices directly."
    )


def test_the_percent_prompt_begins_with_it_and_asks_for_the_line_that_is_read() -> None:
    assert render(ITEM, "percent").startswith(render(ITEM))
    assert render(ITEM, "percent").endswith("\nConfidence: N%")


@pytest.mark.parametrize(
    ("version", "digest"),
    [
        ("paper", "34b68e39544012a5245362c6aa1be3ff1db06f372d06f6665ba8378c228eaa66"),
        ("percent", "47c58443bdcd4834ba7bd925ccdda225da9a70ef1a1dd56d922d2e7f57869108"),
    ],
)
def test_prompt_files_have_not_changed(version: str, digest: str) -> None:
    assert hashlib.sha256((PROMPTS.folder / f"{version}.txt").read_bytes()).hexdigest() == digest


def test_versions_are_the_files_that_there_are() -> None:
    assert PROMPTS.versions() == VERSIONS


def test_other_versions_are_refused() -> None:
    with pytest.raises(InputError, match=r"set task\.prompt"):
        render(ITEM, "mine")
