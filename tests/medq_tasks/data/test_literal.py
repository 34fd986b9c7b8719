from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medq_tasks.data.literal import string_spans, strings

BASE64 = st.text("ABCabc019+/=", max_size=30)


@given(st.lists(BASE64, max_size=5))
def test_lists_as_python_and_as_json_write_them_are_read_back(entries: list[str]) -> None:
    for text in (repr(entries), json.dumps(entries)):
        cell = text.encode()
        assert [cell[start:stop].decode() for start, stop in string_spans(cell)] == entries


@given(st.lists(st.text(max_size=20), max_size=4))
def test_any_texts_are_read_back_from_a_python_list(entries: list[str]) -> None:
    assert strings(repr(entries)) == tuple(entries)


def test_doubled_quotes_of_a_quoted_cell_delimit_strings() -> None:
    cell = b'[""ab"", ""c""]'
    assert [cell[start:stop] for start, stop in string_spans(cell, double=b'""')] == [b"ab", b"c"]


@pytest.mark.parametrize(
    "text",
    ["", "ab", "['ab'", "['ab]", "[1]", "[['a']]", "['a' 'b']", "['a'] + ['b']", "[__import__('os')]", "{'a': 1}"],
)
def test_anything_but_a_flat_list_of_strings_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        string_spans(text.encode())
    with pytest.raises(ValueError, match=r"."):
        strings(text)


@pytest.mark.parametrize("text", [r"['a\n', 1]", r"('a\n',)", r"'a\n'", r"['a\n'", "[" * 5000 + r"'\n'" + "]" * 5000])
def test_escapes_do_not_open_the_door_to_other_literals(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        strings(text)
