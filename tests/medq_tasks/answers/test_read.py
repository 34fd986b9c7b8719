"""Properties of reading: anything that is wrapped in prose comes back, nothing crashes, spans hold."""

import string
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medq_tasks.answers import UNREAD_RULES, read_answer
from medq_tasks.item import Option

TEXTS = (
    "None", "Mild", "Moderate", "Severe", "Motion artifact", "Metal artifact", "Ring artifact", "Gaussian noise",
    "Uneven illumination", "Motion blur", "Defocus blur", "Low contrast", "Good", "Usable", "Reject", "T1-weighted",
    "Sparse-view streaks", "The image is sharp", "Air bubble", "Left half", "2", "15", "0.5", "Saturation",
)  # fmt: skip
INTRODUCTIONS = (
    "", "The image shows a grainy texture. ", "A slight shading is visible at the rim.\n\n",
    "Looking at this CT slice, ", "At first glance I see structure.\n", "Step 1: look at a rim. ",
    "This is a B-mode ultrasound image of the liver. ", "As Figure A of the guideline explains, detail is lost. ",
    "<think>Option A could fit, but so could B.</think>\n",
)  # fmt: skip
DECLARATIONS = (
    "The answer is {}.", "The correct answer is {}", "the correct option is: {}", "Answer: {}", "**Answer:** {}",
    "**Final answer: {}**", "My final answer is {}.", "Therefore, the answer is {}.", "So the best choice is {}.",
    "I would choose {}.", "\\boxed{{{}}}", '{{"answer": "{}"}}', "<answer>{}</answer>", "答案：{}", "答案是{}。",
    "Respuesta: {}", "La réponse est {}.", "Die Antwort ist {}.", "Ответ: {}", "A resposta é {}.", "정답: {}",
    "正解は{}です。", "The answer is **{}**.", "The correct answer is ({}).", "I select {}, based on what I see.",
)  # fmt: skip
CONCLUSIONS = (
    "", "\n", "\nThe anatomy can still be made out.", "\n\nExplanation: a grainy texture covers the whole image.",
    "\nHope this helps!",
)  # fmt: skip
LETTERS = st.integers(2, 26).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1)))


@given(LETTERS, st.sampled_from(INTRODUCTIONS), st.sampled_from(DECLARATIONS), st.sampled_from(CONCLUSIONS))
@settings(max_examples=600, deadline=None)
def test_letter_declared_in_prose_is_read_back(place: tuple[int, int], before: str, form: str, after: str) -> None:
    options = tuple(Option(letter, f"choice number {letter}{letter}") for letter in string.ascii_uppercase[: place[0]])
    gold = options[place[1]].letter
    response = before + form.format(gold) + after
    reading = read_answer(response, options)
    assert reading.letter == gold, response
    assert reading.span is not None
    assert response[slice(*reading.span)] == gold


@given(
    st.lists(st.sampled_from(TEXTS), min_size=2, max_size=6, unique=True),
    st.integers(0, 5),
    st.tuples(st.sampled_from(INTRODUCTIONS), st.sampled_from(DECLARATIONS), st.sampled_from(CONCLUSIONS)),
    st.sampled_from((str, str.lower, str.upper)),
)
@settings(max_examples=500, deadline=None)
def test_option_text_declared_in_prose_is_read_back(
    texts: list[str], place: int, prose: tuple[str, str, str], case: Callable[[str], str]
) -> None:
    before, form, after = prose
    options = tuple(Option(letter, text) for letter, text in zip(string.ascii_uppercase, texts, strict=False))
    gold = options[place % len(options)]
    response = before + form.format(case(gold.text)) + after
    assert read_answer(response, options).letter == gold.letter, response


@given(
    st.lists(st.sampled_from(TEXTS), min_size=2, max_size=6, unique=True),
    st.integers(0, 5),
    st.sampled_from(("{}", "{}.", "**{}**", "I see: {}", "This looks like {} to me.", "{} is what the image shows.")),
)
@settings(max_examples=300, deadline=None)
def test_option_text_alone_in_a_response_is_read_back(texts: list[str], place: int, form: str) -> None:
    options = tuple(Option(letter, text) for letter, text in zip(string.ascii_uppercase, texts, strict=False))
    gold = options[place % len(options)]
    assert read_answer(form.format(gold.text), options).letter == gold.letter


MESS = st.text(alphabet=st.sampled_from("ABCDabI \n\t.,:;*_'\"()[]{}<>/\\-–答是选Вñé٣\u200b\ud83d\ude00"), max_size=200)


@given(st.one_of(st.text(max_size=300), MESS), st.sampled_from((None, "stop", "length", "content_filter")))
@settings(max_examples=800, deadline=None)
def test_no_text_crashes_and_spans_lie_inside_it(text: str, reason: str | None) -> None:
    options = (
        Option("A", "Yes"),
        Option("B", "No artifact (clean)"),
        Option("C", "B"),
        Option("D", ""),
        Option("E", "*"),
    )
    reading = read_answer(text, options, finish_reason=reason)
    assert (reading.letter is not None) == (reading.state == "scored") == (reading.rule not in UNREAD_RULES)
    if reading.span is not None:
        start, end = reading.span
        assert 0 <= start < end <= len(text)


FOUR = (Option("A", "None"), Option("B", "Mild"), Option("C", "Moderate"), Option("D", "Severe"))
PADDING = (
    "a ", " ", "\n", "*", "answer to ", "the answer depends, ", "(", '"', "<think></think>", "mild or ", "_", "=",
    "I cannot ", "Option B is not it. ", "if the ", "选", "A/", "A. None ", "B? ", "not B, ", "as an AI ", "\\",
)  # fmt: skip


@pytest.mark.timeout(120)
@pytest.mark.parametrize("padding", PADDING)
def test_answer_behind_a_hundred_thousand_characters_is_found(padding: str) -> None:
    # Reading that grew with the square of the length would need many minutes for these.
    response = padding * (100_000 // len(padding)) + "\n\nThe final answer is: C"
    reading = read_answer(response, FOUR)
    assert reading.letter == "C"
    assert reading.span == (len(response) - 1, len(response))


def test_unreadable_answer_at_the_token_limit_is_truncated() -> None:
    text = "Looking at the image, option A mentions no noise, and"
    assert read_answer(text, FOUR, finish_reason="length").rule == "truncated"
    assert read_answer(text, FOUR, finish_reason="MAX_TOKENS").rule == "truncated"
    assert read_answer(text, FOUR).letter == "A"


def test_answer_declared_before_the_token_limit_is_read() -> None:
    assert read_answer("The answer is B. The texture shows that", FOUR, finish_reason="length").letter == "B"
    assert read_answer("B", FOUR, finish_reason="length").letter == "B"


@pytest.mark.parametrize("reason", ["content_filter", "refusal", "SAFETY"])
def test_filtered_empty_response_is_a_refusal(reason: str) -> None:
    assert read_answer("", FOUR, finish_reason=reason).rule == "refusal"


def test_an_item_without_options_is_never_answered() -> None:
    assert read_answer("The answer is B", ()).rule == "no_answer"


def test_fullwidth_span_points_into_the_original() -> None:
    response = "答案：Ｂ"
    reading = read_answer(response, FOUR)
    assert reading.span is not None
    assert response[slice(*reading.span)] == "Ｂ"
