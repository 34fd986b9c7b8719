"""What an attempt can cost at most."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from medq.calling.call import Call, ImagePart, Message
from medq.calling.price import Price
from medq.planning.call_bound import most_usd
from medq.planning.image_tokens import image_tokens

RULE = image_tokens("openai/gpt-4o-2024-08-06")


def call(*, max_tokens: int | None = 100, text: str = "How noisy?") -> Call:
    buffer = io.BytesIO()
    Image.new("L", (1024, 1024)).save(buffer, "PNG")
    image = ImagePart(buffer.getvalue(), "image/png")
    params = {} if max_tokens is None else {"max_tokens": max_tokens}
    return Call((Message("user", (image, text)),), params)


def test_the_answer_counts_as_long_as_its_limit_and_the_image_by_its_rule() -> None:
    assert most_usd(call(), price=Price(input=0, output=10), rule=RULE) == pytest.approx(100 * 10 / 1e6)
    images = most_usd(call(), price=Price(input=1, output=0), rule=RULE) * 1e6
    assert 765 + len("How noisy?") <= images <= 765 + len("How noisy?") + 100


def test_a_longer_text_or_a_larger_limit_costs_more() -> None:
    price = Price(input=2.5, output=10)
    least = most_usd(call(), price=price, rule=RULE)
    assert most_usd(call(text="How noisy? " * 50), price=price, rule=RULE) > least
    assert most_usd(call(max_tokens=400), price=price, rule=RULE) == pytest.approx(least + 300 * 10 / 1e6)


def test_the_limit_is_looked_for_under_the_name_that_the_model_takes() -> None:
    renamed = replace(
        call(max_tokens=None), params={"max_completion_tokens": 7}, max_tokens_param="max_completion_tokens"
    )
    assert most_usd(renamed, price=Price(input=0, output=1), rule=RULE) == pytest.approx(7e-6)


def test_a_call_without_a_limit_has_no_bound() -> None:
    with pytest.raises(ValueError, match="max_tokens"):
        most_usd(call(max_tokens=None), price=Price(input=1, output=1), rule=RULE)
