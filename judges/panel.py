"""Agreement within a panel of judges: every pair's weighted kappa, and Krippendorff's alpha over all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from judges.agreement import Kappa, weighted_kappa
from judges.check import whole_score
from judges.krippendorff import alpha
from judges.record import RowJudgement


@dataclass(frozen=True, slots=True)
class PanelAgreement:
    """One axis: `pairs` holds the kappa of each two judges on the rows that both scored, `alpha` is ordinal."""

    axis: str
    pairs: dict[tuple[str, str], Kappa]
    alpha: float | None


def panel_agreement(rows: Sequence[RowJudgement], axis: str, *, seed: int = 0) -> PanelAgreement:
    """How far the judges of a panel agree on one axis; no pairs and no alpha for a single judge."""
    judgements = [row.axes[axis] for row in rows if axis in row.axes]
    judges = sorted({judge for judgement in judgements for judge in judgement.by_judge})
    table = {judge: [judgement.by_judge.get(judge) for judgement in judgements] for judge in judges}
    pairs = {(one, other): _kappa(table[one], table[other], seed) for one, other in combinations(judges, 2)}
    return PanelAgreement(axis, pairs, alpha(list(table.values())) if len(judges) > 1 else None)


def _kappa(one: Sequence[float | None], other: Sequence[float | None], seed: int) -> Kappa:
    both = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    return weighted_kappa([whole_score(a) for a, _ in both], [whole_score(b) for _, b in both], seed=seed)
