"""Folding keeps positions."""

from hypothesis import given
from hypothesis import strategies as st

from medq_tasks.answers.fold import blank, fold


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert fold(text) == text


def test_look_alikes_become_latin_only_where_they_stand_alone() -> None:
    assert fold("Ответ: В.") == "Ответ: B."
    assert fold("Вода") == "Вода"
    assert fold("В данном случае") == "В данном случае"


def test_blanking_keeps_line_ends() -> None:
    assert blank("ab\ncd", [(1, 4)]) == "a \n d"
