"""The judge inside lmms-eval: the one that MEDQ_JUDGE names, found among the installed packages' entry points.

`medq_tasks` imports no judge. A package that has some registers a function in the group `medq_tasks.judges`: it is
given what MEDQ_JUDGE says and returns a `Judge`, or raises `InputError` with one line that says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from threading import Lock
from typing import Any

from medq_tasks.environment import chosen_judge
from medq_tasks.errors import InputError
from medq_tasks.scoring import State

GROUP = "medq_tasks.judges"


@dataclass(frozen=True, slots=True)
class AnswerToJudge:
    """A model's free text and the reference that it is judged by. `task` is "reasoning" or "comparison"."""

    id: str
    task: str
    response: str
    reference: str
    modality: str | None


@dataclass(frozen=True, slots=True)
class AxisScore:
    """One axis of one answer: `score` is set only where `state` is "scored"; `record` is what the judge keeps of it."""

    state: State
    score: float | None
    record: Mapping[str, Any]


Judge = Callable[[AnswerToJudge], Mapping[str, AxisScore]]  # by axis; called from several threads at a time

_opening = Lock()


def judge_of_environment() -> Judge | None:
    """The judge that MEDQ_JUDGE names, opened once a process; None where it names none.

    Raises `InputError` where no installed package brings judges, and where that package refuses what MEDQ_JUDGE says.
    """
    words = chosen_judge()
    if not words:
        return None
    with _opening:
        return _open(words)


@cache
def _open(words: str) -> Judge:
    judge: Judge = _registered(words).load()(words)
    return judge


def _registered(words: str) -> EntryPoint:
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    if not found:
        raise InputError(
            f"MEDQ_JUDGE={words}: expected an installed package with the entry point {GROUP}, found none; "
            "install the checkout again (pip install --no-deps -e .), or unset MEDQ_JUDGE"
        )
    return found[0]
