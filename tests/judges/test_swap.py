"""Position bias: what the second pass with exchanged images shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judges.record import AxisJudgement, RowJudgement
from judges.rules.preference import read_preference
from judges.swap import exchange_names, position_bias

FIRST, SECOND, EQUAL = (
    "Overall, the first image has higher quality.",
    "Overall, the second image has higher quality.",
    "Overall, both images are of equal quality.",
)
TEXTS = [
    "Overall, the first image has higher quality than the second image.",
    "The left image is noisy. Overall, the right image is superior.",
    "Image A shows streaks, Image B none. Conclusion: Image B.",
    "The former is blurred; the latter has higher quality.",
    "Image 1 is of lower quality.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_exchanging_the_names_turns_the_conclusion_round_and_back(text: str) -> None:
    assert {read_preference(text).conclusion, read_preference(exchange_names(text)).conclusion} == {"first", "second"}
    assert exchange_names(exchange_names(text)) == text


def test_anatomy_keeps_its_side() -> None:
    text = "The left ventricle is sharp in the right image."
    assert exchange_names(text) == "The left ventricle is sharp in the left image."


@given(st.text())
def test_a_text_without_names_is_untouched_and_none_breaks_the_exchange(text: str) -> None:
    assert isinstance(exchange_names(text), str)


def test_a_model_that_always_prefers_the_first_image_is_seen() -> None:
    answers = {"a": FIRST, "b": FIRST}
    bias = position_bias(answers, answers)
    assert (bias.n, bias.inconsistent, bias.first_preference) == (2, 1, 1)


def test_conclusions_that_follow_the_images_are_consistent() -> None:
    bias = position_bias({"a": FIRST, "b": SECOND, "c": EQUAL}, {"a": SECOND, "b": FIRST, "c": EQUAL})
    assert (bias.n, bias.inconsistent, bias.first_preference) == (3, 0, 0.5)


def test_answers_that_cannot_be_read_are_counted_and_left_out() -> None:
    bias = position_bias({"a": FIRST, "b": "Both show a brain."}, {"a": SECOND, "b": SECOND, "c": FIRST})
    assert (bias.n, bias.n_unread) == (1, 1)


def test_no_answers_have_no_bias() -> None:
    bias = position_bias({}, {})
    assert (bias.n, bias.inconsistent, bias.first_preference, bias.judged_differently) == (0, None, None, None)


def test_the_judge_s_scores_of_both_passes_are_compared() -> None:
    def judged(**scores: float | None) -> list[RowJudgement]:
        return [
            RowJudgement(name, 0, "comparison", {"quality_accuracy": AxisJudgement(score, "scored", None, (), {})})
            for name, score in scores.items()
        ]

    bias = position_bias({}, {}, judged_first=judged(a=2, b=2, c=None), judged_second=judged(a=2, b=0, c=2))
    assert (bias.n_judged, bias.judged_differently) == (2, 0.5)
