"""Filling prompt templates."""

from pathlib import Path

import pytest

from medq_tasks.errors import InputError
from medq_tasks.item import Option
from medq_tasks.prompt_file import PromptFile, option_lines


def test_what_is_filled_in_is_never_a_place_itself(tmp_path: Path) -> None:
    (tmp_path / "v.txt").write_text("{question}|{options}\n", encoding="utf-8")
    rendered = PromptFile(tmp_path).render("v", question="Is {options} {question} shown?", options="A. {question}")
    assert rendered == "Is {options} {question} shown?|A. {question}"


def test_unknown_version_names_those_that_exist(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="expected one of paper"):
        PromptFile(tmp_path).render("other")


def test_options_stand_one_a_line() -> None:
    assert option_lines((Option("A", "Yes"), Option("B", "No"))) == "A. Yes\nB. No"
