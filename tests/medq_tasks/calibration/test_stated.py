"""Confidence in words."""

import pytest

from medq_tasks.calibration import stated_confidence, without_confidence


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ("B\nConfidence: 85%", 0.85),
        ("B\n**Confidence:** 7.5 %", 0.075),
        ("confidence: 100 percent\nAnswer: C", 1.0),
        ("B\nConfidence = 0%.", 0.0),
        ("B", None),
        ("B\nConfidence: high", None),
        ("B\nConfidence: 0.85", None),
        ("B\nConfidence: 120%", None),
        ("Confidence: 80%\nB\nConfidence: 60%", None),
        ("I have 90% confidence that it is B", None),
    ],
)
def test_only_one_plain_line_is_a_statement(response: str, expected: float | None) -> None:
    assert stated_confidence(response) == expected


def test_the_answer_is_read_without_the_line() -> None:
    assert without_confidence("Confidence: 40%\nThe answer is D.") == "The answer is D."
    assert without_confidence("D") == "D"
