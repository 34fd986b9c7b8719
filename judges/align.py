"""Human–AI alignment: a judge's scores against the experts' consensus, as in the paper's Table 10 and Figure 13."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from judges.agreement import Kappa, accuracy, confusion, recall_by_class, weighted_kappa
from judges.axes import AXES
from judges.check import whole_score
from judges.errors import JudgeInputError
from judges.krippendorff import alpha
from judges.ratings import Rating, consensus, rater_table

SAMPLES = "samples.jsonl"
PUBLISHED = Path(__file__).with_name("alignment_published.csv")


@dataclass(frozen=True, slots=True)
class Published:
    """The paper's figures for one axis, GPT-4o against three experts on 200 cases; None where none is printed."""

    kappa: float | None
    accuracy_percent: float | None


@dataclass(frozen=True, slots=True)
class AxisAlignment:
    """One axis: rows of `counts` are the experts' scores 0, 1, 2, columns the judge's.

    `n_no_consensus` rated cases have no majority among the raters; `n_unjudged` have one, and no score of the judge.
    `rater_alpha` is Krippendorff's alpha among the raters themselves: no judge can be expected to agree better.
    """

    axis: str
    n: int
    n_no_consensus: int
    n_unjudged: int
    accuracy: float | None
    kappa: Kappa
    recall: tuple[float | None, ...]
    counts: tuple[tuple[int, ...], ...]
    rater_alpha: float | None
    published: Published


def align(
    scores: Mapping[tuple[str, str], float | None], ratings: Sequence[Rating], *, seed: int = 0
) -> list[AxisAlignment]:
    """The alignment by axis, over the axes that were rated. `scores` holds the judge's score by (id, axis).

    Raises `JudgeInputError` for a rating of a row that is not in the run.
    """
    ids = {row for row, _ in scores}
    strangers = sorted({rating.id for rating in ratings} - ids)
    if strangers:
        raise JudgeInputError(
            f"expected ratings of rows of this run, got {len(strangers)} others, the first is {strangers[0]!r}; "
            "is this the run that was rated?"
        )
    agreed = consensus(ratings)
    published = read_published()
    return [
        _align_axis(
            axis,
            scores,
            [rating for rating in ratings if rating.axis == axis],
            agreed,
            published=published[axis],
            seed=seed,
        )
        for axis in AXES
        if any(rating.axis == axis for rating in ratings)
    ]


def _align_axis(
    axis: str,
    scores: Mapping[tuple[str, str], float | None],
    ratings: Sequence[Rating],
    agreed: Mapping[tuple[str, str], int],
    *,
    published: Published,
    seed: int,
) -> AxisAlignment:
    cases = sorted({(rating.id, axis) for rating in ratings})
    with_consensus = [case for case in cases if case in agreed]
    pairs = [(agreed[case], whole_score(score)) for case in with_consensus if (score := scores.get(case)) is not None]
    human, judge = [one for one, _ in pairs], [other for _, other in pairs]
    counts = confusion(human, judge)
    return AxisAlignment(
        axis=axis,
        n=len(pairs),
        n_no_consensus=len(cases) - len(with_consensus),
        n_unjudged=len(with_consensus) - len(pairs),
        accuracy=accuracy(counts),
        kappa=weighted_kappa(human, judge, seed=seed),
        recall=tuple(recall_by_class(counts)),
        counts=tuple(tuple(int(count) for count in row) for row in counts),
        rater_alpha=alpha(rater_table(ratings, axis)),
        published=published,
    )


def read_scores(run: Path) -> dict[tuple[str, str], float | None]:
    """The judge's score by (id, axis) of a run's first answers (`sample` 0); None where an axis has none.

    Raises `JudgeInputError` when there is no run, nothing in it was judged, or two rows share an id.
    """
    try:
        lines = (run / SAMPLES).read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise JudgeInputError(f"{run}: expected a run with {SAMPLES}, got {error}") from error
    judged = [row for row in rows if row.get("judge") and not row.get("sample")]
    if not judged:
        raise JudgeInputError(f"{run}: no row was judged; run python -m judges judge {run} first")
    ids = [row["id"] for row in judged]
    if len(set(ids)) != len(ids):
        raise JudgeInputError(f"{run}: expected every judged id once; align the tasks of a combined run one at a time")
    return {(row["id"], axis): row["judge"].get(axis, {}).get("score") for row in judged for axis in AXES}


def read_published() -> dict[str, Published]:
    """The paper's Table 10, and the accuracies of Figure 13, by axis."""
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return {
            line["dimension"]: Published(
                kappa=float(line["quadratic_weighted_kappa"]) if line["quadratic_weighted_kappa"] else None,
                accuracy_percent=float(line["accuracy_pct"]) if line["accuracy_pct"] else None,
            )
            for line in csv.DictReader(file)
        }
