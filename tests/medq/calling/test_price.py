"""What a call costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from medq.calling.price import Price, cost_usd, list_price


def test_a_cost_is_tokens_times_price() -> None:
    assert cost_usd(Price(input=3.0, output=15.0), tokens_in=1_000_000, tokens_out=100_000) == pytest.approx(4.5)


@pytest.mark.parametrize("counts", [(None, 1), (1, None), (None, None)])
def test_an_unknown_count_makes_the_cost_unknown(counts: tuple[int | None, int | None]) -> None:
    assert cost_usd(Price(input=3.0, output=15.0), tokens_in=counts[0], tokens_out=counts[1]) is None


def test_list_prices_are_known_for_providers_and_unknown_for_others() -> None:
    assert list_price("openai/gpt-4o-2024-08-06") == Price(input=2.5, output=10.0)
    assert list_price("hosted_vllm/some/model") is None


def test_list_prices_need_no_import_of_litellm() -> None:
    code = (
        "import sys; from medq.calling.price import list_price; list_price('gpt-4o'); print('litellm' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
