"""Where a run's free text is judged: rows with their verdicts, and what is said of the judge beside the means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from judges.axes import AXES
from judges.check import judge_check
from judges.panel import panel_agreement
from judges.record import RowJudgement
from judges.swap import exchange_names, position_bias
from medq.budget import Purse
from medq.judging.settings import JudgeSettings
from medq.judging.stage import JUDGED_TASKS, Judged, answer_row, judge_answers
from medq.records import Sample, Verdict


@dataclass(frozen=True, slots=True)
class JudgedRows:
    """All rows, those of free text with their verdicts; `results` and `manifest` are what the judge adds to each."""

    rows: Sequence[Sample]
    exchanged: Sequence[Sample] = ()
    results: Mapping[str, Any] = field(default_factory=dict)
    manifest: Mapping[str, Any] = field(default_factory=dict)


def judge_rows(
    rows: Sequence[Sample],
    exchanged: Sequence[Sample],
    settings: JudgeSettings,
    folder: Path,
    *,
    purse: Purse | None = None,
) -> JudgedRows:
    """Judges the rows of free text, and those of the second pass against the reference with its names exchanged."""
    texts = [row for row in rows if row.task in JUDGED_TASKS]
    if not texts:
        return JudgedRows(rows)
    first = judge_answers([answer_row(row) for row in texts], settings, folder, label="judging", purse=purse)
    judgements = {(one.task, one.id, one.sample): one for one in first.judgements}
    extra: dict[str, Any] = {"judge": settings.name, **_beside(first)}
    reports = list(first.reports)
    if exchanged:
        swapped = [answer_row(row, reference=exchange_names(row.reference or "")) for row in exchanged]
        second = judge_answers(swapped, settings, folder, label="judging, exchanged", purse=purse)
        extra["position_bias"] = _bias(texts, exchanged, first, second)
        reports += second.reports
        exchanged = [_with_verdicts(row, one) for row, one in zip(exchanged, second.judgements, strict=True)]
    judged = [_with_verdicts(row, judgements.get((row.task, f"{row.task}/{row.id}", row.sample))) for row in rows]
    return JudgedRows(judged, exchanged, extra, {"name": settings.name, "judges": list(first.judges), "calls": reports})


def _beside(judged: Judged) -> Mapping[str, Any]:
    """The rules judge's agreement with a language model, and that of several with each other."""
    if not judged.reports:
        return {}
    found: dict[str, Any] = {"judge_check": asdict(judge_check(judged.judgements, judged.by_rules))}
    if len(judged.judges) > 1:
        agreements = [panel_agreement(judged.judgements, axis) for axis in AXES]
        found["judge_agreement"] = {
            one.axis: {
                "alpha": one.alpha,
                "pairs": {" | ".join(pair): asdict(kappa) for pair, kappa in one.pairs.items()},
            }
            for one in agreements
        }
    return found


def _bias(texts: Sequence[Sample], exchanged: Sequence[Sample], first: Judged, second: Judged) -> Mapping[str, Any]:
    one = {f"{row.id}#{row.sample}": row.response for row in texts if row.task == "comparison" and row.response}
    other = {f"{row.id}#{row.sample}": row.response for row in exchanged if row.response}
    return asdict(position_bias(one, other, judged_first=first.judgements, judged_second=second.judgements))


def _with_verdicts(row: Sample, judgement: RowJudgement | None) -> Sample:
    if judgement is None:
        return row
    verdicts = {axis: Verdict.model_validate(found) for axis, found in judgement.as_dict().items()}
    return row.model_copy(update={"judge": verdicts})
