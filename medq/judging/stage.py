"""The judge stage of a run: verdicts for the rows of free text, bought once, beside the rules judge's own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from judges.aggregate import judge_rows_by_rules
from judges.call import Ask, JudgeCall, JudgeFailure, JudgeReply
from judges.plan import JudgePlan, needed_verdicts
from judges.record import AnswerRow, RowJudgement
from judges.rules.judge import VERSION as RULES
from judges.stage import judge_rows
from medq.budget import Purse
from medq.errors import BudgetReached
from medq.journal import Journal
from medq.judging.ending import LetCallsEnd
from medq.judging.settings import JudgeSettings
from medq.judging.voice import Voice
from medq.progress import Progress
from medq.records import Sample
from medq.run.interrupt import cancelled_by_signals
from medq_tasks.answers.reasoning import set_aside

JOURNAL = "judge.sqlite"
JUDGED_TASKS = ("reasoning", "comparison")


@dataclass(frozen=True, slots=True)
class Judged:
    """What the judges said of the rows: the chosen judge's judgements, the rules judge's, and who was asked."""

    judgements: Sequence[RowJudgement]
    by_rules: Sequence[RowJudgement]
    judges: tuple[str, ...]
    reports: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


def answer_row(row: Sample, *, reference: str | None = None) -> AnswerRow:
    """The row as the judges see it, without the blocks in which the model thinks; `reference` stands in for its own."""
    said = None if row.response is None else set_aside(row.response)[0].strip()
    return AnswerRow(
        id=f"{row.task}/{row.id}",
        task=row.task,
        response=said,
        state=row.state,
        reference=row.reference if reference is None else reference,
        modality=row.modality,
        sample=row.sample,
    )


def judge_answers(
    rows: Sequence[AnswerRow], settings: JudgeSettings, folder: Path, *, label: str, purse: Purse | None = None
) -> Judged:
    """The judgements of the rows, in their order; verdicts are journalled in `folder`.

    Raises `ModelUnusable` for a judge that only fails, and `BudgetReached` where `purse` holds too little.
    """
    by_rules = judge_rows_by_rules(rows)
    if settings.kind == "rules":
        return Judged(by_rules, by_rules, (RULES,))
    with Journal(folder / JOURNAL) as journal:
        return asyncio.run(_ask_judges(rows, by_rules, settings, journal, label=label, purse=purse))


async def _ask_judges(
    rows: Sequence[AnswerRow],
    by_rules: Sequence[RowJudgement],
    settings: JudgeSettings,
    journal: Journal,
    *,
    label: str,
    purse: Purse | None,
) -> Judged:
    models = settings.models()
    voices = {one.id or "": Voice(one, journal, structured=settings.structured, purse=purse) for one in models}
    plan = JudgePlan(tuple(voices), rounds=settings.rounds, retries=settings.retries, protocol=settings.protocol)
    try:
        needed = len(needed_verdicts(rows, plan))
        with cancelled_by_signals(journal, journal.path.parent), Progress(needed, label) as progress:
            ask = LetCallsEnd(_asking(voices, progress))
            try:
                judgements = await judge_rows(rows, plan, ask, concurrency=_slots(settings))
            except BudgetReached as error:
                raise BudgetReached(f"{error}; {progress.left()} verdicts are left") from None
    finally:
        for voice in voices.values():
            await voice.close()
    return Judged(judgements, by_rules, tuple(voices), tuple(voice.report() for voice in voices.values()))


def _asking(voices: Mapping[str, Voice], progress: Progress) -> Ask:
    async def ask(call: JudgeCall) -> JudgeReply | JudgeFailure:
        voice = voices[call.judge]
        outcome, from_journal = await voice.ask(call)
        failed = isinstance(outcome, JudgeFailure)
        progress.count(failed=failed, from_journal=from_journal, cost_usd=outcome.cost_usd)
        return outcome

    return ask


def _slots(settings: JudgeSettings) -> int:
    """Workers for all judges together; calls that wait to be repeated give their slot away, so as many again wait."""
    return 2 * settings.concurrency * max(1, len(settings.models()))
