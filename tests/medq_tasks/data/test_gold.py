from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medq_tasks.data.gold import gold_letter
from medq_tasks.item import Option

SEVERITY = (Option("A", "None"), Option("B", "Mild"), Option("C", "Severe"))


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("B", "B"), (" b ", "B"), ("(B)", "B"), ("B.", "B"), ("B)", "B"), ("1", "B"), ("1.0", "B"), ("0", "A"),
        ("B. Mild", "B"), ("(B) mild", "B"), ("B: Mild.", "B"), ("Mild", "B"), ("None", "A"), ("severe", "C"),
    ],
)  # fmt: skip
def test_every_unambiguous_form_is_read(text: str, letter: str) -> None:
    assert gold_letter(text, SEVERITY) == letter


@pytest.mark.parametrize("text", ["D", "", "3", "4.0", "1.5", "-1", "B. Severe", "AB", "A or B", "Moderate", "nan"])
def test_what_names_no_option_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected the letter of one of A \('None'\)"):
        gold_letter(text, SEVERITY)


def test_a_number_that_is_an_index_and_another_options_text_is_ambiguous() -> None:
    counts = (Option("A", "1"), Option("B", "2"))
    with pytest.raises(ValueError, match="can mean A or B"):
        gold_letter("1", counts)
    assert gold_letter("2", counts) == "B"


def test_a_letter_stands_for_itself_even_where_another_option_says_it() -> None:
    assert gold_letter("A", (Option("A", "B"), Option("B", "A"))) == "A"


def test_a_text_that_two_options_share_is_ambiguous() -> None:
    with pytest.raises(ValueError, match="can mean A or B"):
        gold_letter("Same", (Option("A", "Same"), Option("B", "same")))


@given(st.integers(1, 26), st.data())
def test_letter_index_and_text_agree_for_any_number_of_options(count: int, data: st.DataObject) -> None:
    options = tuple(Option(letter, f"finding {letter * 2}") for letter in string.ascii_uppercase[:count])
    at = data.draw(st.integers(0, count - 1))
    letter, text = options[at].letter, options[at].text
    for form in (letter, letter.lower(), str(at), f"{at}.0", f"{letter}. {text}", f"({letter}) {text}", text):
        assert gold_letter(form, options) == letter
