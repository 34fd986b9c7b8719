"""From the log-probabilities of a question's turns to one answer with the probability of each option."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from medq.models.interface import Answer, Failure, Outcome
from medq.models.option_turns import Turn

DECLINED = ("refusal", "content_filter")
# The word that stands for the provider's own where no option letter is among the most probable first tokens.
NO_LETTER = "no_letter"
Number = TypeVar("Number", int, float)


def averaged(turns: Sequence[Turn], outcomes: Sequence[Outcome]) -> Outcome:
    """The answer to a question from the outcomes of its turns.

    In each turn the probabilities of the letters are divided by their sum; what is averaged belongs to the options,
    wherever they were shown. The text is the letter of the most probable option, of several the first. A turn that
    failed is a failure of the question. A model that declined, or of which no letter is known in some turn, has given
    no answer: its text is empty. `notes` hold `option_probabilities` by letter, `letter_mass` (what the letters had of
    the first token's probability before the division, the mean over turns) and `turns`, one record each.
    """
    failed = next((place for place, outcome in enumerate(outcomes) if isinstance(outcome, Failure)), None)
    if failed is not None:
        return _failure(outcomes, failed)
    answers = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
    declined = next((answer.finish_reason for answer in answers if answer.finish_reason in DECLINED), None)
    records = [_record(turn, answer) for turn, answer in zip(turns, answers, strict=True)]
    if declined is not None or not all(record["probabilities"] for record in records):
        return _answer(answers, text="", finish=declined or NO_LETTER, notes={"turns": records})
    letters = turns[0].own
    means = {letter: _mean([record["probabilities"][letter] for record in records]) for letter in letters}
    mass = _mean([record["letter_mass"] for record in records])
    notes = {"option_probabilities": means, "letter_mass": mass, "turns": records}
    return _answer(answers, text=max(letters, key=lambda letter: means[letter]), finish=None, notes=notes)


def shares(known: Mapping[str, float], letters: Sequence[str], bound: float | None) -> dict[str, float]:
    """The probability of each letter, which sum to 1, from natural logarithms; empty where none is known.

    A letter that the server did not list counts as probable as it can be: as the least probable token listed, and as
    what the listed letters have left.

    >>> {letter: round(share, 3) for letter, share in shares({"A": -0.5, "B": -1.5}, ("A", "B"), None).items()}
    {'A': 0.731, 'B': 0.269}
    """
    given = {letter: math.exp(known[letter]) for letter in letters if letter in known}
    if not given:
        return {}
    unlisted = len(letters) - len(given)
    left = max(0.0, 1.0 - sum(given.values())) / unlisted if unlisted else 0.0
    most = 0.0 if bound is None else min(math.exp(bound), left)
    values = {letter: given.get(letter, most) for letter in letters}
    total = sum(values.values())
    return {letter: value / total for letter, value in values.items()} if total else {}


def _record(turn: Turn, answer: Answer) -> dict[str, Any]:
    """One turn: the options' own letters in the order shown, their probabilities, and what the letters had in all."""
    known: Mapping[str, float] = answer.notes.get("option_logprobs") or {}
    letters = turn.request.letters
    shown = shares(known, letters, answer.notes.get("option_logprob_bound"))
    owner = dict(zip(letters, turn.own, strict=True))
    record = {
        "order": "".join(turn.own),
        "probabilities": {owner[letter]: share for letter, share in shown.items()},
        "letter_mass": min(1.0, sum(math.exp(known[letter]) for letter in letters if letter in known)),
    }
    bounded = "".join(owner[letter] for letter in letters if letter not in known)
    return record | ({"bounded": bounded} if bounded else {}) | ({} if shown else {"said": answer.text})


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _answer(answers: Sequence[Answer], *, text: str, finish: str | None, notes: Mapping[str, Any]) -> Answer:
    others = ("option_logprobs", "option_logprob_bound")
    kept = {name: value for answer in answers for name, value in answer.notes.items() if name not in others}
    models = sorted({answer.returned_model for answer in answers if answer.returned_model})
    return Answer(
        text=text,
        finish_reason=finish,
        returned_model="+".join(models) or None,
        latency_s=_sum([answer.latency_s for answer in answers]),
        tokens_in=_sum([answer.tokens_in for answer in answers]),
        tokens_out=_sum([answer.tokens_out for answer in answers]),
        cost_usd=_sum([answer.cost_usd for answer in answers]),
        attempts=sum(answer.attempts for answer in answers),
        notes={**kept, **notes},
    )


def _failure(outcomes: Sequence[Outcome], place: int) -> Failure:
    failed = outcomes[place]
    assert isinstance(failed, Failure)
    turn = f"turn {place + 1} of {len(outcomes)}: " if len(outcomes) > 1 else ""
    costs = [outcome.cost_usd for outcome in outcomes if outcome.cost_usd is not None]
    attempts = sum(outcome.attempts for outcome in outcomes)
    return replace(failed, message=turn + failed.message, attempts=attempts, cost_usd=sum(costs) if costs else None)


def _sum(values: Sequence[Number | None]) -> Number | None:
    """The sum; None where one of them is not known."""
    known = [value for value in values if value is not None]
    return sum(known[1:], known[0]) if len(known) == len(values) else None
