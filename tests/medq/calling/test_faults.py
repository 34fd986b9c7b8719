"""What an error means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from medq.calling.faults import fault_from_status, is_filtered, one_line, retry_after_s


@pytest.mark.parametrize(
    ("status", "text", "kind", "permanent"),
    [
        (400, "Unsupported value: 'temperature'", "request", True),
        (400, "API key not valid. Please pass a valid API key.", "credential", True),
        (400, "Your credit balance is too low to access the API", "credential", True),
        (403, "The model `x` does not exist", "not_found", True),
        (418, "", "request", True),
        (429, "Rate limit reached for gpt-4o", "rate_limit", False),
        (429, '{"error": {"code": "insufficient_quota"}}', "credential", True),
        (500, "invalid_api_key in some stack trace", "server", False),
        (520, "", "server", False),
        (529, "Overloaded", "server", False),
    ],
)
def test_words_decide_where_the_status_misleads(status: int, text: str, kind: str, permanent: bool) -> None:
    fault = fault_from_status(status, text)
    assert (fault.kind, fault.permanent, fault.status) == (kind, permanent, status)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('{"error": {"message": "too much", "code": 1}}', "too much"),
        ('{"error": "plain"}', "plain"),
        ('{"message": "top"}', "top"),
        ('{"detail": [1]}', '{"detail": [1]}'),
        ("[1, 2]", "[1, 2]"),
        ("<html>\n  bad\n</html>", "<html> bad </html>"),
        ("", "no message"),
    ],
)
def test_the_provider_s_own_words_are_quoted_in_one_line(body: str, said: str) -> None:
    assert f"HTTP 500: {said};" in fault_from_status(500, body).message


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "2"}, 2.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_read_in_all_its_forms(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_s(headers) == seconds


def test_retry_after_can_be_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    assert retry_after_s({"Retry-After": later}) == pytest.approx(100, abs=3)
    earlier = format_datetime(datetime.now(UTC) - timedelta(seconds=100), usegmt=True)
    assert retry_after_s({"Retry-After": earlier}) == 0.0


def test_filters_are_told_from_wrong_requests() -> None:
    assert is_filtered(400, '{"error": {"code": "content_filter"}}')
    assert is_filtered(400, "ContentPolicyViolationError: ResponsibleAIPolicyViolation")
    assert not is_filtered(400, "max_tokens is too large")
    assert not is_filtered(500, "content_filter crashed")


def test_long_messages_are_cut() -> None:
    assert len(one_line("x" * 10_000)) < 450
