"""The published prompts are frozen: a changed letter is a failed test."""

from __future__ import annotations

import hashlib

import pytest

from judges.axes import AXES, TASKS, allowed_scores, schema
from judges.errors import JudgeInputError
from judges.rubric import FOLDER, rubric, rubric_sha256

PUBLISHED_SHA256 = {
    ("reasoning", "completeness"): "48f3fd052724d7b0aa76000431686d024614fdbc370ae7ca28e6aefbb8b92a4d",
    ("reasoning", "preciseness"): "3cd4eb1e40e94b8bfd726d8be6c13130d246972307362c8895fd836ebcbf7a4f",
    ("reasoning", "consistency"): "bc180482b05e9916adbf5a7f6209b1e524019b943dd58733d3886ea5ebd6c2fb",
    ("reasoning", "quality_accuracy"): "699596194700e1f7eed299f1eb3adc400c2581c2537e2d73613d4ea0b30213bd",
    ("comparison", "completeness"): "48f3fd052724d7b0aa76000431686d024614fdbc370ae7ca28e6aefbb8b92a4d",
    ("comparison", "preciseness"): "3cd4eb1e40e94b8bfd726d8be6c13130d246972307362c8895fd836ebcbf7a4f",
    ("comparison", "consistency"): "164bc12f6f0d371f8ca7b578221fb52488c4b4d1606c39de071080bd7c357913",
    ("comparison", "quality_accuracy"): "6b971f237d95717518d45ba5a1d3ecf456d7d16987fab7e8200073072c7294c9",
}
PAIRS = [(task, axis) for task in TASKS for axis in AXES]


@pytest.mark.parametrize(("task", "axis"), PAIRS)
def test_the_published_text_is_frozen(task: str, axis: str) -> None:
    assert rubric_sha256(task, axis) == PUBLISHED_SHA256[task, axis]


@pytest.mark.parametrize(("task", "axis"), PAIRS)
def test_each_text_names_both_descriptions_once_and_ends_in_the_published_format(task: str, axis: str) -> None:
    text = rubric(task, axis)
    assert text.count("[MLLM DESC]") == text.count("[GOLDEN DESC]") == 1
    assert text.endswith("Please only provide the result in the following format: Score:")


def test_the_progressive_order_of_levels_reads_as_published() -> None:
    assert "The quality levels have a progressive relationship: reject < usable < good." in rubric(
        "reasoning", "quality_accuracy"
    )


def test_there_is_one_file_for_every_task_and_axis_and_no_other() -> None:
    files = {path.relative_to(FOLDER / "v1").as_posix() for path in (FOLDER / "v1").rglob("*.txt")}
    assert files == {f"{task}/{axis}.txt" for task, axis in PAIRS}


def test_the_quality_accuracy_of_a_comparison_offers_no_one() -> None:
    assert allowed_scores("comparison", "quality_accuracy") == (0, 2)
    assert schema("comparison", "quality_accuracy")["properties"]["score"] == {"type": "integer", "enum": [0, 2]}
    assert schema("reasoning", "quality_accuracy")["properties"]["score"]["enum"] == [0, 1, 2]


@pytest.mark.parametrize(("task", "axis"), [("perception", "completeness"), ("reasoning", "relevance"), ("..", "x")])
def test_an_unknown_task_or_axis_is_named(task: str, axis: str) -> None:
    with pytest.raises(JudgeInputError, match="expected one of"):
        rubric(task, axis)


def test_the_hash_is_that_of_the_words_without_the_file_s_last_newline() -> None:
    assert (
        rubric_sha256("reasoning", "consistency")
        == hashlib.sha256(rubric("reasoning", "consistency").encode()).hexdigest()
    )
