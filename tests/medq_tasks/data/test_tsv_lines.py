from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medq_tasks.data.tsv_lines import UnclosedQuoteError, raw_rows

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=12)
PLAIN = st.text('ab"\t\n,é ', max_size=8)
TABLE = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.one_of(TEXT, PLAIN), min_size=width, max_size=width), min_size=1, max_size=5)
)


def read(data: bytes) -> list[list[str]]:
    return [[row.text(place) for place in range(len(row.starts))] for row in raw_rows(io.BytesIO(data), 0)]


@given(TABLE, st.sampled_from(["\n", "\r\n"]))
def test_what_csv_writes_is_read_back(table: list[list[str]], end: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator=end).writerows([["x", "y"], *table])
    assert read(out.getvalue().encode())[1:] == table


@given(TABLE)
def test_what_pandas_writes_is_read_back(table: list[list[str]]) -> None:
    frame = pd.DataFrame(table, columns=[f"c{place}" for place in range(len(table[0]))])
    data = frame.to_csv(sep="\t", index=False, lineterminator="\n").encode()
    assert read(data)[1:] == table


@given(st.lists(st.text('a" b', max_size=6).map(lambda text: "x" + text), min_size=1, max_size=5))
def test_quotes_inside_an_unquoted_cell_are_text_as_for_csv(cells: list[str]) -> None:
    line = "\t".join(cells) + "\n"
    assert read(line.encode()) == list(csv.reader(io.StringIO(line), delimiter="\t"))


def test_text_after_a_closing_quote_is_joined_as_for_csv_and_pandas() -> None:
    line = '"ab""c"de"f\tx\n'
    assert read(line.encode()) == list(csv.reader(io.StringIO(line), delimiter="\t")) == [['ab"cde"f', "x"]]
    assert pd.read_csv(io.StringIO("p\tq\n" + line), sep="\t").to_numpy().tolist() == [['ab"cde"f', "x"]]


@given(TABLE)
def test_places_and_line_numbers_are_those_of_the_file(table: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows([["x", "y"], *table])
    data = out.getvalue().encode()
    lines = 1
    for row in raw_rows(io.BytesIO(data), 0):
        assert row.number == data[: row.offset].count(b"\n") + 1
        for place in range(len(row.starts)):
            if place not in row.patched:
                start = row.offset + row.starts[place]
                assert data[start : row.offset + row.ends[place]] == row.cell(place)
        lines += bytes(row.line).count(b"\n")
    assert lines == data.count(b"\n") + 1


def test_a_quote_that_is_never_closed_names_its_row() -> None:
    with pytest.raises(UnclosedQuoteError, match="cell 2") as caught:
        read(b'a\tb\nc\td\ne\t"f\ng\th\n')
    assert caught.value.row == 3


def test_an_open_quote_does_not_pull_a_big_file_into_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medq_tasks.data.tsv_lines.QUOTED_ROW_BYTES_MAX", 1000)
    with pytest.raises(UnclosedQuoteError, match="without one"):
        read(b'"a\n' + b"b\n" * 10_000)


def test_empty_lines_are_passed_over_and_the_last_line_needs_no_end() -> None:
    assert read(b"a\tb\n\n\r\nc\td") == [["a", "b"], ["c", "d"]]
    assert read(b'a\tb\nc\t"d"') == [["a", "b"], ["c", "d"]]
