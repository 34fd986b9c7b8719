"""The strict reader: what a judge clearly said is taken, everything else is named and left unscored."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judges.verdict import Reading, read_verdict

SCORED = [
    ("Score: 2", 2),
    ("Score:2", 2),
    ("Score: 0", 0),
    ("score: 1", 1),
    ("SCORE: 1", 1),
    ("Score : 1", 1),
    ("**Score:** 2", 2),
    ("**Score**: 2", 2),
    ("Score: **2**", 2),
    ("**Score: 2**", 2),
    ("__Score:__ 2", 2),
    ("`Score: 2`", 2),
    ("### Score: 2", 2),
    ("- Score: 1", 1),
    ("score = 1", 1),
    ("Score=0", 0),
    ("The score is 2.", 2),
    ("Score: [1]", 1),
    ("Score: (1)", 1),
    ('Score: "1"', 1),
    ("Score: 2.", 2),
    ("Score: 2.0", 2),
    ("Score: 2/2", 2),
    ("Score: 1 / 2", 1),
    ("Score: 2 out of 2", 2),
    ("Score: [2]/2", 2),
    ("Score： ２", 2),
    ("Score:\n2", 2),
    ("Score:\n\n**2**", 2),
    ("Score:\u00a02", 2),
    ("Score:\u200b 2", 2),
    ("Score: $\\boxed{2}$", 2),
    ("Final score: 1", 1),
    ("Rating: 2", 2),
    ("Score: 2 (completely includes the reference)", 2),
    ("Score: 2 - nothing is missing", 2),
    ("Score: 2, because nothing is missing", 2),
    ("Score: 1\n\nThe description misses 2 of 3 artifacts.", 1),
    ("The description misses 2 of 3 artifacts.\n\nScore: 1", 1),
    ("Score: 2\nScore: 2", 2),
    ("Please only provide the result in the following format: Score: 1", 1),
    ("2", 2),
    (" 2 \n", 2),
    ("2.", 2),
    ("2.0", 2),
    ("**2**", 2),
    ("[2]", 2),
    ('"2"', 2),
    ("2/2", 2),
    ("1/2", 1),
    ("2 out of 2", 2),
    ('{"score": 2}', 2),
    ('{"Score": 0}', 0),
    ('{"score": "1"}', 1),
    ('{"score": 2.0}', 2),
    ('{"reason": "Score: 0 would be too low", "score": 1}', 1),
    ('```json\n{"score": 1}\n```', 1),
    ("```\nScore: 1\n```", 1),
    ('Here is my verdict: {"score": 2}', 2),
    ("{score: 1}", 1),
    ("<think>Maybe 1, maybe Score: 0.</think>\nScore: 2", 2),
    ("I'm sorry to say that this is poor. Score: 0", 0),
]
UNREADABLE = [
    ("", "empty"),
    ("  \n", "empty"),
    ("<think>Score: 2</think>", "empty"),
    ("<think>Score: 2 seems right, but", "unclosed_reasoning"),
    ("Score:", "no_score"),
    ("Score: N/A", "no_score"),
    ("Score: two", "no_score"),
    ("Score: about 2", "no_score"),
    ("The description is complete.", "no_score"),
    ("Please rate score 2 for completely, 0 for not including at all", "no_score"),
    ("2 artifacts are missing", "no_score"),
    ("2\nbecause 1 artifact is missing", "no_score"),
    ("underscore: 2", "no_score"),
    ("Score < 2", "no_score"),
    ("Score: 3", "out_of_range"),
    ("Score: -1", "out_of_range"),
    ("Score: −1", "out_of_range"),
    ("Score: 10", "out_of_range"),
    ("GRADE: 12", "out_of_range"),
    ("Score: 20", "out_of_range"),
    ("Score: " + "9" * 400, "out_of_range"),
    ("12", "out_of_range"),
    ('{"score": 3}', "out_of_range"),
    ('{"score": -1}', "out_of_range"),
    ('{"score": 1e999}', "out_of_range"),
    ("Score: 2.9", "not_integer"),
    ("Score: 1.5", "not_integer"),
    ("Score: 1,5", "not_integer"),
    ("Score: 0.5", "not_integer"),
    ("Score: 2nd", "not_integer"),
    ("Score: 2+", "not_integer"),
    ("Score: 2%", "not_integer"),
    ("2.9", "not_integer"),
    ('{"score": 1.5}', "not_integer"),
    ('{"score": true}', "not_integer"),
    ('{"score": null}', "not_integer"),
    ('{"score": [2]}', "not_integer"),
    ('{"score": "high"}', "not_integer"),
    ("1-2", "range"),
    ("Score: 1-2", "range"),
    ("Score: 1–2", "range"),
    ("Score: 1 - 2", "range"),
    ("Score: 1 or 2", "range"),
    ("Score: 1 to 2", "range"),
    ("Score: 0, 1 or 2", "range"),
    ("Score: [0/1/2]", "range"),
    ("Score: 2 out of 10", "scale"),
    ("Score: 2/10", "scale"),
    ("Score: 2/5", "scale"),
    ("2/3", "scale"),
    ("Score: 1\nScore: 2", "several_scores"),
    ("Completeness score: 2, preciseness score: 1", "several_scores"),
    ("A score: 2 would be too generous, so Score: 1", "several_scores"),
    ('{"score": 1, "score": 2}', "several_scores"),
    ('{"score": 1} {"score": 2}', "several_scores"),
    ('{"rating_text": "good"}', "json"),
]
REFUSALS = [
    "I'm sorry, but I can't assist with that.",
    "I’m sorry, I cannot evaluate medical content.",
    "As an AI language model, I am unable to judge medical images.",
    "I must decline.",
    "Unfortunately, I cannot see the images. Score: N/A",
]


@pytest.mark.parametrize(("text", "score"), SCORED)
def test_a_clear_score_is_read(text: str, score: int) -> None:
    reading = read_verdict(text)
    assert (reading.score, reading.state) == (score, "scored"), reading


@pytest.mark.parametrize(("text", "rule"), UNREADABLE)
def test_an_unclear_reply_stays_unscored_with_its_reason(text: str, rule: str) -> None:
    assert read_verdict(text) == Reading(None, "unreadable", rule)


@pytest.mark.parametrize("text", REFUSALS)
def test_a_refusal_is_a_state_of_its_own(text: str) -> None:
    assert read_verdict(text) == Reading(None, "refusal", "refusal")


@pytest.mark.parametrize("text", ["Score: 1", "1", '{"score": 1}', "1/2"])
def test_one_is_out_of_range_for_the_quality_accuracy_of_a_comparison(text: str) -> None:
    assert read_verdict(text, allowed=(0, 2)).rule == "out_of_range"


@given(st.text())
def test_no_text_breaks_the_reader_and_a_score_is_always_an_allowed_one(text: str) -> None:
    reading = read_verdict(text)
    assert (reading.score is None) == (reading.state != "scored")
    assert reading.score in (None, 0, 1, 2)


@given(st.text(alphabet='Score:=/12.09-[]{}"`* \n,orut', max_size=40))
def test_no_mixture_of_score_like_characters_breaks_the_reader(text: str) -> None:
    assert read_verdict(text).score in (None, 0, 1, 2)


@given(st.sampled_from((0, 1, 2)), st.sampled_from(("Score: {}", "**Score:** {}", "score = {}", "{}/2", "{}")))
def test_every_allowed_score_is_read_from_every_form(score: int, form: str) -> None:
    assert read_verdict(form.format(score)).score == score


@given(st.integers().filter(lambda number: number not in (0, 1, 2)))
def test_no_other_number_is_ever_a_score(number: int) -> None:
    assert read_verdict(f"Score: {number}").score is None
    assert read_verdict(json.dumps({"score": number})).score is None


def test_deeply_nested_json_is_unreadable_and_does_not_overflow() -> None:
    assert read_verdict('{"score": ' + "[" * 100_000 + "}").score is None
