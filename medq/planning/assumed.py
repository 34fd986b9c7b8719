"""What a plan assumes where nothing is known yet; every figure is printed beside the result that rests on it."""

from __future__ import annotations

CHOICE_TOKENS = 5  # a letter and its mark
FREE_TEXT_TOKENS = 80  # a short description with its conclusion
VERDICT_TOKENS = 8  # "Score: 2", or the same as JSON
REPEATED_SHARE = 0.05  # of calls, made twice, in the high estimate
ANSWER_S = 5.0
VERDICT_S = 1.5
ACCURACY = 0.5  # where a share has its largest variance
DISCORDANT = 0.3  # share of items that exactly one of two runs gets right
SCORE_DEVIATION = 0.8  # of scores 0, 1, 2; equal shares of the three have 0.82
SCORE_CORRELATION = 0.5  # of two runs' scores for the same item
