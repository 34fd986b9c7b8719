"""Accuracy by the benchmark's rule."""

from __future__ import annotations

from collections.abc import Iterable

from medq_tasks.scoring.clusters import effective_n
from medq_tasks.scoring.mean import Mean
from medq_tasks.scoring.scored import Scored
from medq_tasks.scoring.wilson import wilson


def accuracy(rows: Iterable[Scored]) -> Mean:
    """The share of right answers in [0, 1]; higher is better.

    An answer that cannot be read is wrong and counts in `n`; a failed row is left out of it. The interval is Wilson's,
    with the effective number of rows where images have several questions. Value and interval are None where every row
    failed, all but the counts where there is none.
    """
    every = list(rows)
    answered = [row for row in every if row.state != "error"]
    right = [1.0 if row.state == "scored" and row.correct else 0.0 for row in answered]
    n, unscored = len(answered), sum(row.state == "unscored" for row in answered)
    errors = len(every) - n
    value = sum(right) / n if n else None
    return Mean(
        value=value,
        n=n,
        n_unscored=unscored,
        n_error=errors,
        ci95=None if value is None else wilson(value, effective_n(right, [row.cluster for row in answered])),
        lower=sum(right) / len(every) if every else None,
        upper=(sum(right) + unscored + errors) / len(every) if every else None,
    )
