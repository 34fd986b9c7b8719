"""A multiple-choice question with its options turned round, so that each text stands behind each letter once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from medq.models.interface import Request
from medq_tasks.item import Item, Option

Render = Callable[[Item], str]
Permutations = Literal["none", "cyclic"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One way to show the options. The text behind `request.letters[i]` is that of the question's option `own[i]`."""

    request: Request
    own: tuple[str, ...]


def turns(request: Request, render: Render, permutations: Permutations) -> list[Turn]:
    """The question as it stands and, for `cyclic`, every turn of its options, rendered anew.

    With options A, B, C the texts are shown in the orders ABC, BCA and CAB. The requests carry no gold answer.
    """
    options = request.item.options
    count = len(options) if permutations == "cyclic" else 1
    return [_turn(request, render, by) for by in range(count)]


def turns_of(item: Item, permutations: Permutations) -> int:
    """How many calls one question takes."""
    return max(1, len(item.options)) if permutations == "cyclic" else 1


def _turn(request: Request, render: Render, by: int) -> Turn:
    shown = turned(request.item.options, by)
    item = replace(request.item, options=shown, answer=None, reference=None)
    letters = tuple(option.letter for option in shown)
    asked = replace(request, item=item, letters=letters, prompt=render(item) if by else request.prompt)
    return Turn(asked, letters[by:] + letters[:by])


def turned(options: Sequence[Option], by: int) -> tuple[Option, ...]:
    """The texts moved `by` places towards the first letter; the letters stay.

    >>> turned((Option("A", "none"), Option("B", "mild"), Option("C", "severe")), 1)
    (Option(letter='A', text='mild'), Option(letter='B', text='severe'), Option(letter='C', text='none'))
    """
    texts = [option.text for option in options]
    moved = [*texts[by:], *texts[:by]]
    return tuple(Option(option.letter, text) for option, text in zip(options, moved, strict=True))
