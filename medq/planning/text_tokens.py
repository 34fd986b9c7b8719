"""How many tokens a text costs, without a tokeniser: an expectation for plans, and a bound for budgets."""

from __future__ import annotations

from math import ceil

CHARS_PER_TOKEN = 4  # English, as OpenAI and Google state it
MESSAGE_TOKENS = 8  # marks around a message, by chat template
MESSAGE_TOKENS_AT_MOST = 32


def text_tokens(text: str) -> int:
    """The tokens that English of this length has on average.

    >>> text_tokens("Is this image sharp?")
    5
    """
    return ceil(len(text) / CHARS_PER_TOKEN)


def text_tokens_at_most(text: str) -> int:
    """A number that no byte-level tokeniser passes: a token stands for at least one byte.

    >>> text_tokens_at_most("µm")
    3
    """
    return len(text.encode())
