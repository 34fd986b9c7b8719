"""Whether a text declines to do what was asked: a state of its own, apart from an answer that cannot be read."""

from __future__ import annotations

import re

_APOSTROPHES = str.maketrans("’‘`´", "''''")
_DECLINES = re.compile(
    r"\b(?:i(?:'m| am)(?: very| so| truly)? sorry|my apologies|i apologi[sz]e|unfortunately,? i"
    r"|i(?:'m| am) (?:not able|unable|not allowed|not permitted|not comfortable)"
    r"|i (?:can ?not|can't|could not|couldn't|will not|won't|must decline|decline|am not in a position)"
    r"|as an? (?:ai|large language|language)\b|(?:cannot|can't|unable to) (?:assist|comply|help|fulfil)"
    r"|against (?:my|the|our) (?:guidelines|policy|policies))",
    re.IGNORECASE,
)
_CHECKED_CHARACTERS = 300


def is_refusal(text: str) -> bool:
    """True when the text opens by declining. Looked at only after no answer was found in it.

    >>> is_refusal("I’m sorry, but I can't help with that.")
    True
    >>> is_refusal("The first image is sharper.")
    False
    """
    return _DECLINES.search(text[:_CHECKED_CHARACTERS].translate(_APOSTROPHES)) is not None
