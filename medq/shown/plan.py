"""A planned run on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medq.terminal import say, say_table

if TYPE_CHECKING:
    from medq.planning.estimate import Plan


def plan_report(plan: Plan) -> None:
    """A planned run: its table and what that rests on."""
    from medq.planning.shown import plan_lines, plan_table

    say_table(plan_table(plan))
    for line in plan_lines(plan):
        say(line)
