"""Every response of `golden.yaml` is read as it says there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from medq_tasks.answers import UNREAD_RULES, read_answer
from medq_tasks.item import Option

GOLDEN = yaml.safe_load((Path(__file__).parent / "golden.yaml").read_text(encoding="utf-8"))


def cases() -> Iterator[Any]:
    for group in GOLDEN:
        options = tuple(Option(chr(ord("A") + place), text) for place, text in enumerate(group["options"]))
        for response, expected in group["cases"]:
            yield pytest.param(options, response, expected, id=f"{group['claim']}: {response[:60]!r}")


@pytest.mark.parametrize(("options", "response", "expected"), list(cases()))
def test_response_is_read_as_the_golden_file_says(options: tuple[Option, ...], response: str, expected: str) -> None:
    reading = read_answer(response, options)
    assert (reading.letter or reading.rule) == expected
    assert reading.state == ("unscored" if expected in UNREAD_RULES else "scored")
    if reading.letter and reading.span:
        evidence = response[slice(*reading.span)]
        assert evidence


def test_golden_file_holds_at_least_250_cases() -> None:
    assert sum(len(group["cases"]) for group in GOLDEN) >= 250
