"""How the answers were read: how many rows each rule read, left unread, or never got because of an error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from medq.records import Sample


@dataclass(frozen=True, slots=True)
class Bar:
    """Rows of one state that one rule decided; `share` of all rows, in [0, 1]."""

    state: str
    rule: str
    rows: int
    share: float


def rule_histogram(samples: Sequence[Sample]) -> tuple[Bar, ...]:
    """One bar for each (state, rule), scored first, then unscored, then error, the most frequent first.

    An error's bar is named by the kind of its error, the text up to the first colon.
    """
    counts = Counter((sample.state, _rule(sample)) for sample in samples)
    states = ("scored", "unscored", "error")
    ordered = sorted(counts.items(), key=lambda item: (states.index(item[0][0]), -item[1], item[0][1]))
    return tuple(Bar(state, rule, rows, rows / len(samples)) for (state, rule), rows in ordered)


def _rule(sample: Sample) -> str:
    if sample.state == "error":
        return (sample.error or "unknown").split(":", 1)[0][:60]
    return sample.rule or ("judged" if sample.judge else "no rule recorded")
