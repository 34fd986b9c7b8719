"""What a model's configuration may say."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from medq.models.settings import ModelSettings


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "litellm"},
        {"kind": "magic", "id": "x"},
        {"kind": "litellm", "id": "x", "speed": 3},
        {"kind": "litellm", "id": "x", "concurrency": 0},
        {"kind": "litellm", "id": "x", "temperature": -1},
        {"kind": "litellm", "id": "x", "top_p": 0},
        {"kind": "litellm", "id": "x", "seed": "always"},
        {"kind": "litellm", "id": "x", "timeout_s": 100, "deadline_s": 50},
        {"kind": "litellm", "id": "x", "price": {"input": 1}},
        {"kind": "litellm", "id": "x", "images": {"detail": "best"}},
        {"kind": "replay"},
    ],
    ids=lambda wrong: str(list(wrong.items())[-1]),
)
def test_wrong_settings_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ModelSettings(**wrong)


def test_decoding_holds_what_is_set_and_the_extra_parameters() -> None:
    given = ModelSettings(kind="litellm", id="x", max_tokens=9, temperature=0, extra={"top_k": 1})
    assert given.decoding() == {"max_tokens": 9, "temperature": 0, "top_k": 1}


def test_the_policy_is_that_of_the_settings() -> None:
    given = ModelSettings(
        kind="litellm", id="x", timeout_s=3, deadline_s=7, retries=2, backoff_s=0.1, retry_truncated=0
    )
    policy = given.policy()
    assert (policy.timeout_s, policy.deadline_s, policy.retries, policy.backoff_s, policy.retry_truncated) == (
        3,
        7,
        2,
        0.1,
        0,
    )
