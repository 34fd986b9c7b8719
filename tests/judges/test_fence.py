"""Quoted text cannot close its fence and comes back exactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from judges.fence import FENCE, escape, quote, unescape

HOSTILE = st.text(alphabet=st.sampled_from("`\\u{}36CD<|/>[]ABimes \n\r\t\u202e\u200b\u2028\x00｜\ud800"), max_size=60)


@given(st.text() | HOSTILE)
def test_every_text_is_recovered_exactly(text: str) -> None:
    assert unescape(escape(text)) == text


@given(st.text() | HOSTILE)
def test_the_escaped_text_can_be_sent_and_holds_no_fence(text: str) -> None:
    escaped = escape(text)
    assert FENCE not in escaped
    assert "<|" not in escaped
    escaped.encode("utf-8")


@given(HOSTILE)
def test_lines_stay_lines_and_no_other_line_break_is_left(text: str) -> None:
    assert escape(text).splitlines() == escape(text).removesuffix("\n").split("\n") or not escape(text)


def test_ordinary_prose_is_left_byte_for_byte() -> None:
    prose = 'The SNR is low (< 5 dB); "ghosting" in [2/3] slices, 30 % worse — see `A`.\nOverall: reject.\tα β 中文'
    assert escape(prose) == prose
    assert quote(prose) == f"```\n{prose}\n```"


def test_a_text_that_already_looks_escaped_is_not_confused_with_one_that_is() -> None:
    assert escape("\\u{3C}") != escape("<a")
    assert unescape(escape("\\u{3C}")) == "\\u{3C}"
