"""The four axes on which a free-text answer is judged, and the scores that each allows (paper, section 2.3.3)."""

from __future__ import annotations

from typing import Any

from judges.errors import JudgeInputError

TASKS = ("reasoning", "comparison")
AXES = ("completeness", "preciseness", "consistency", "quality_accuracy")
MAX_SCORE = 2


def allowed_scores(task: str, axis: str) -> tuple[int, ...]:
    """The scores that the published rubric offers: 0, 1, 2; for the quality accuracy of a comparison only 0 and 2.

    Raises `JudgeInputError` for a task or an axis that is not judged.

    >>> allowed_scores("comparison", "quality_accuracy")
    (0, 2)
    """
    if task not in TASKS:
        raise JudgeInputError(f"task {task!r} is not judged; expected one of {', '.join(TASKS)}")
    if axis not in AXES:
        raise JudgeInputError(f"axis {axis!r} does not exist; expected one of {', '.join(AXES)}")
    return (0, 2) if (task, axis) == ("comparison", "quality_accuracy") else (0, 1, 2)


def schema(task: str, axis: str) -> dict[str, Any]:
    """The JSON schema of a verdict, for providers with structured output: one integer out of the allowed ones."""
    return {
        "type": "object",
        "properties": {"score": {"type": "integer", "enum": list(allowed_scores(task, axis))}},
        "required": ["score"],
        "additionalProperties": False,
    }
