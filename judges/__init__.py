"""Judging free-text answers: rubrics, verdicts, human ratings, agreement.

The public names, loaded on first use: `render`, `read_verdict`, `judge_rows`, `judge_rows_by_rules`, `judge_by_rules`,
`judge_check`, `panel_agreement`, `position_bias`, and the records that they take and give.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "AXES": "judges.axes",
    "allowed_scores": "judges.axes",
    "schema": "judges.axes",
    "Message": "judges.prompt",
    "render": "judges.prompt",
    "rubric_sha256": "judges.rubric",
    "Reading": "judges.verdict",
    "read_verdict": "judges.verdict",
    "Ask": "judges.call",
    "JudgeCall": "judges.call",
    "JudgeFailure": "judges.call",
    "JudgeReply": "judges.call",
    "AnswerRow": "judges.record",
    "AxisJudgement": "judges.record",
    "RowJudgement": "judges.record",
    "Verdict": "judges.record",
    "counted_as": "judges.record",
    "JudgePlan": "judges.plan",
    "needed_verdicts": "judges.plan",
    "judge_rows": "judges.stage",
    "judge_rows_by_rules": "judges.aggregate",
    "judge_by_rules": "judges.rules",
    "JudgeCheck": "judges.check",
    "judge_check": "judges.check",
    "PanelAgreement": "judges.panel",
    "panel_agreement": "judges.panel",
    "PositionBias": "judges.swap",
    "exchange_names": "judges.swap",
    "position_bias": "judges.swap",
    "JudgeInputError": "judges.errors",
    "JudgesError": "judges.errors",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    """A public name from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'judges' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
