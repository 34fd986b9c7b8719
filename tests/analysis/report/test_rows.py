"""Rows made small lose nothing but what is said to be cut."""

from __future__ import annotations

from analysis.report.rows import TEXT_BYTES, browser_row, commonest, shared_beginning, text_cap
from tests.analysis.fake_run import failed, reasoned, sample, unscored


def test_defaults_and_row_together_give_every_field_back() -> None:
    samples = [sample(0), sample(1), unscored(2), failed(3)]
    defaults = commonest(samples)
    stem = shared_beginning([one.prompt for one in samples])
    for one in samples:
        row = defaults | browser_row(one, defaults=defaults, stem=stem, cap=1000)
        for name in ("id", "state", "prediction", "correct", "rule", "error", "modality", "latency_s"):
            assert row.get(name) == getattr(one, name)
        assert stem + row["prompt"] == one.prompt
        start, end = row["question"]
        assert one.prompt[start:end] == one.question


def test_a_question_beyond_the_basic_plane_is_written_out() -> None:
    one = sample(0, question="\U0001f9e0 noise?", prompt="Look: \U0001f9e0 noise? A. Yes")
    assert browser_row(one, defaults={}, stem="Look: ", cap=1000)["question"] == "\U0001f9e0 noise?"


def test_a_cut_text_says_how_much_is_missing() -> None:
    row = browser_row(sample(0, response="x" * 700), defaults={}, stem="", cap=500)
    assert row["response"] == ["x" * 500, 200]


def test_an_empty_response_is_not_a_missing_one() -> None:
    assert browser_row(sample(0, response=""), defaults={}, stem="", cap=500)["response"] == ""
    assert "response" not in browser_row(failed(0), defaults={}, stem="", cap=500)


def test_few_long_texts_are_kept_whole_and_many_are_cut() -> None:
    few = [sample(0, response="x" * 9000)]
    many = [sample(number, response="x" * 9000) for number in range(1000)]
    assert text_cap(few) >= 9000
    assert text_cap(many) * 1000 <= TEXT_BYTES


def test_the_judge_travels_with_its_state() -> None:
    row = browser_row(reasoned(3), defaults={}, stem="", cap=500)
    assert row["judge"]["consistency"]["state"] == "scored"
