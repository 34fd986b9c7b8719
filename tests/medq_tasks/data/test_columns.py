from __future__ import annotations

import pytest

from medq_tasks.data.columns import match_columns
from medq_tasks.errors import DataError

OFFICIAL = ("index", "image", "question", "A", "B", "C", "D", "answer", "modality")


def test_the_official_columns_are_found_without_help() -> None:
    columns = match_columns(OFFICIAL, where="f.tsv")
    assert columns.mapped() == {
        "id": "index", "images": "image", "question": "question", "answer": "answer", "modality": "modality",
        "option A": "A", "option B": "B", "option C": "C", "option D": "D",
    }  # fmt: skip
    assert columns.unused == ()


def test_names_differ_in_case_spaces_and_hyphens() -> None:
    columns = match_columns(("Index", "Question Type", "degradation-type"), where="f.tsv")
    assert columns.places == {"id": 0, "question_type": 1, "degradation": 2}


def test_options_may_go_beyond_d() -> None:
    assert match_columns(("index", "A", "B", "E", "Z"), where="f.tsv").options == {"A": 1, "B": 2, "E": 3, "Z": 4}


def test_a_chosen_column_wins_and_an_empty_name_leaves_the_field_out() -> None:
    found = ("index", "type", "kind")
    assert match_columns(found, chosen={"question_type": "kind"}, where="f").places["question_type"] == 2
    assert "question_type" not in match_columns(found, chosen={"question_type": ""}, where="f").places


def test_a_chosen_column_that_is_not_there_lists_those_that_are() -> None:
    with pytest.raises(DataError, match=r"columns.modality names the column 'organ'.*index, kind"):
        match_columns(("index", "kind"), chosen={"modality": "organ"}, where="f.tsv")


def test_an_unknown_field_lists_the_fields() -> None:
    with pytest.raises(DataError, match=r"columns.organ: no such field.*modality"):
        match_columns(("index",), chosen={"organ": "index"}, where="f.tsv")


def test_a_name_twice_is_refused() -> None:
    with pytest.raises(DataError, match="'A' twice"):
        match_columns(("index", "A", "A"), where="f.tsv")
