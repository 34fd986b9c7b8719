"""The perception prompts, frozen."""

import hashlib

import pytest

from medq_tasks.errors import InputError
from medq_tasks.item import Item, Option
from medq_tasks.perception import VERSIONS, render
from medq_tasks.perception.prompt import PROMPTS

ITEM = Item(
    "1", "perception", "Does this image show motion?", (), (Option("A", "Yes"), Option("B", "None")), answer="A"
)


def test_paper_prompt_is_the_published_one() -> None:
    assert render(ITEM) == (
        "You are an expert in medical image quality assessment. Please carefully observe this medical image and answer "
        "the following question:\n"
        "Does this image show motion?\n"
        "A. Yes\n"
        "B. None"
    )


def test_released_prompt_is_that_of_the_released_code() -> None:
    assert render(ITEM, "released") == (
        "Please carefully observe this medical image and answer the following question:\n"
        "\n"
        "Does this image show motion?\n"
        "\n"
        "Options:\n"
        "A. Yes\n"
        "B. None\n"
        "\n"
        "Answer directly only with the option **letter** from the given choices."
    )


@pytest.mark.parametrize(
    ("version", "digest"),
    [
        ("paper", "880f68c0e98616624f659f5ce77d440ac82cd05615c3da7813c314de59fb14c3"),
        ("released", "3e617ec78e53ce68c15c9b5dae2b38cf57b5faeaf1cba123f47786408e70601b"),
    ],
)
def test_prompt_files_have_not_changed(version: str, digest: str) -> None:
    assert hashlib.sha256((PROMPTS.folder / f"{version}.txt").read_bytes()).hexdigest() == digest


def test_versions_are_the_files_that_there_are() -> None:
    assert PROMPTS.versions() == VERSIONS


def test_other_versions_are_refused() -> None:
    with pytest.raises(InputError, match=r"set task\.prompt"):
        render(ITEM, "mine")
