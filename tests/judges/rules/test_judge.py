"""The rules judge on whole answers: the paper's own, references against themselves, and answers that cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from judges.axes import AXES
from judges.errors import JudgeInputError
from judges.rules import RuleVerdict, judge_by_rules

PAPER: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("paper_examples.yaml").read_text(encoding="utf-8"))


REASONING_TEXTS = [
    PAPER["no_reference_golden"],
    *PAPER["no_reference"].values(),
    "The MRI slice is sharp and free of motion artifacts. Contrast between grey and white matter is excellent. "
    "Overall, the "
    "quality of this image is good.",
    "Mild ghosting is visible along the phase-encoding direction. Noise is low. Overall, the quality of this image "
    "is usable.",
    "Severe aliasing wraps the nose over the brain. Overall, the quality of this image is reject.",
    "Slight noise only. Overall, the quality of this image is reject.",
    "Extensive tissue folds and several air bubbles cover the slide, and staining is uneven. Overall, the quality "
    "of this "
    "image is reject.",
    "Staining is uniform and cell borders are crisp. No folds, bubbles or debris are seen. Overall, the quality of "
    "this image "
    "is good.",
    "Specular reflections saturate parts of the mucosa and the periphery is too dark. Overall, the quality of this "
    "image is "
    "usable.",
    "The fundus image is defocused with a strong colour cast. Overall, the quality of this image is reject.",
    "Strong ring artifacts surround the centre. Overall, the quality of this image is reject.",
    "Limited-angle streaks distort the contours. Overall, the quality of this image is reject.",
    "The radiograph is slightly underexposed but the lung markings are well-defined. Overall, the quality of this "
    "image is "
    "usable.",
    "Speckle is moderate and acoustic shadows hide the far wall. Overall, the quality of this image is usable.",
]
COMPARISON_TEXTS = [
    PAPER["comparison_golden"],
    *PAPER["comparison"].values(),
    "Image A shows severe streak artifacts, whereas Image B is free of artifacts. Overall, Image B has higher quality.",
    "Both images are slightly noisy. The second image is sharper. Overall, the second image has higher quality.",
    "The left image is blurred. The right image has good contrast and low noise. Overall, the right image is of "
    "higher quality.",
    "The first image suffers from motion blur; the second is crisp. The second image has higher quality.",
    "Both images have comparable noise. Overall, both images are of equal quality.",
    "The first image shows slightly less noise than the second. Overall, the first image has higher quality.",
    "The second image has a colour cast and specular reflections. Overall, the second image has lower quality.",
]


def scores(verdicts: dict[str, RuleVerdict]) -> list[int | None]:
    return [verdicts[axis].score for axis in AXES]


@pytest.mark.parametrize("text", REASONING_TEXTS)
def test_a_description_judged_against_itself_is_perfect(text: str) -> None:
    assert scores(judge_by_rules("reasoning", response=text, reference=text)) == [2, 2, 2, 2]


@pytest.mark.parametrize("text", COMPARISON_TEXTS)
def test_a_comparison_judged_against_itself_is_perfect(text: str) -> None:
    assert scores(judge_by_rules("comparison", response=text, reference=text)) == [2, 2, 2, 2]


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("gpt5", [1, 2, 2, 2]),
        ("lingshu32b", [1, 2, 2, 2]),
        ("medgemma27b", [1, 1, 2, 1]),
        ("internvl38b", [1, 1, 2, 1]),
        ("bimedix2", [0, 0, 2, 0]),
    ],
)
def test_the_paper_s_no_reference_answers(model: str, expected: list[int]) -> None:
    """Printed beside a "reject": that conclusion scores 2, usable 1, good 0; each answer is coherent in itself."""
    verdicts = judge_by_rules(
        "reasoning", response=PAPER["no_reference"][model], reference=PAPER["no_reference_golden"], modality="ct"
    )
    assert scores(verdicts) == expected


@pytest.mark.parametrize(
    ("model", "expected"), [("gpt5", [1, 2, 2, 2]), ("internvl8b", [1, 2, 2, 2]), ("qwen72b", [0, 0, 2, 0])]
)
def test_the_paper_s_comparison_answers(model: str, expected: list[int]) -> None:
    """The first image is the better one: an answer that prefers the second is wrong, though coherent in itself."""
    verdicts = judge_by_rules(
        "comparison", response=PAPER["comparison"][model], reference=PAPER["comparison_golden"], modality="mri"
    )
    assert scores(verdicts) == expected


def test_an_answer_without_a_conclusion_is_unscored_and_not_wrong() -> None:
    verdicts = judge_by_rules("reasoning", response="Severe noise.", reference=PAPER["no_reference_golden"])
    assert (verdicts["quality_accuracy"].score, verdicts["quality_accuracy"].state) == (None, "no_conclusion")
    assert verdicts["consistency"].state == "no_conclusion"
    assert verdicts["completeness"].score == 1


def test_an_answer_that_names_two_levels_is_ambiguous() -> None:
    verdicts = judge_by_rules("reasoning", response="Overall, good or usable.", reference=PAPER["no_reference_golden"])
    assert verdicts["quality_accuracy"].state == "ambiguous"


def test_a_refusal_is_a_state_of_its_own_on_every_axis() -> None:
    verdicts = judge_by_rules(
        "reasoning",
        response="I'm sorry, but I can't assist with medical images.",
        reference=PAPER["no_reference_golden"],
    )
    assert {verdict.state for verdict in verdicts.values()} == {"refusal"}


def test_a_reference_without_a_conclusion_is_reported_as_the_reference_s_fault() -> None:
    verdicts = judge_by_rules("reasoning", response=REASONING_TEXTS[0], reference="The liver is shown.")
    assert verdicts["quality_accuracy"].state == verdicts["completeness"].state == "reference_unreadable"


def test_an_answer_without_quality_words_covers_nothing() -> None:
    verdicts = judge_by_rules(
        "reasoning", response="Overall, the quality of this image is reject.", reference=PAPER["no_reference_golden"]
    )
    assert verdicts["completeness"].score == 0
    assert verdicts["preciseness"].state == "no_facts"
    assert verdicts["quality_accuracy"].score == 2


def test_equal_is_not_half_right_in_a_comparison() -> None:
    verdicts = judge_by_rules(
        "comparison", response="Overall, both images are of equal quality.", reference=PAPER["comparison_golden"]
    )
    assert verdicts["quality_accuracy"].score == 0


@pytest.mark.parametrize(("response", "reference"), [("", "x"), ("x", " ")])
def test_an_empty_text_is_not_judged(response: str, reference: str) -> None:
    with pytest.raises(JudgeInputError, match="empty text"):
        judge_by_rules("reasoning", response=response, reference=reference)


def test_another_task_is_not_judged() -> None:
    with pytest.raises(JudgeInputError, match="perception"):
        judge_by_rules("perception", response="a", reference="b")


@given(st.text().filter(str.strip), st.sampled_from(["reasoning", "comparison"]))
def test_no_answer_breaks_the_judge_and_every_score_is_allowed(text: str, task: str) -> None:
    reference = PAPER["no_reference_golden"] if task == "reasoning" else PAPER["comparison_golden"]
    for verdict in judge_by_rules(task, response=text, reference=reference).values():
        assert (verdict.score is None) == (verdict.state != "scored")
        assert verdict.score in (None, 0, 1, 2)
