"""The notice of a snapshot's end."""

from __future__ import annotations

from datetime import date

import pytest

from medq.models.settings import ModelSettings
from medq.models.shutdown import shutdown_notice

ENDS = date(2027, 1, 14)
MODEL = ModelSettings(kind="litellm", id="openai/gpt-4o-2024-08-06", shutdown=ENDS)


@pytest.mark.parametrize(
    ("today", "words"),
    [(date(2026, 6, 1), None), (date(2026, 12, 1), "later runs cannot repeat"), (ENDS, "was shut down")],
)
def test_the_notice_comes_in_time_and_changes_at_the_end(today: date, words: str | None) -> None:
    notice = shutdown_notice(MODEL, today=today)
    assert notice is None if words is None else (notice is not None and words in notice and "2027-01-14" in notice)


def test_a_server_of_one_s_own_has_no_end() -> None:
    own = MODEL.model_copy(update={"api_base": "http://127.0.0.1:1/v1"})
    assert shutdown_notice(own, today=date(2030, 1, 1)) is None


def test_a_model_that_no_option_names_is_looked_up_in_the_table() -> None:
    typed = ModelSettings(kind="litellm", id="openai/gpt-4o-mini-2024-07-18")
    assert shutdown_notice(typed, today=date(2026, 1, 1)) is None
    assert "2027-01-14" in (shutdown_notice(typed, today=date(2027, 1, 1)) or "")
    unknown = ModelSettings(kind="litellm", id="openai/no-such-model")
    assert shutdown_notice(unknown, today=date(2030, 1, 1)) is None
