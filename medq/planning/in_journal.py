"""What the journals already hold of a run that is only planned: answers and verdicts that will not be bought again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from judges.plan import JudgePlan, needed_verdicts
from judges.record import AnswerRow
from judges.swap import exchange_names
from medq.journal import Journal
from medq.judging.stage import JOURNAL as VERDICTS
from medq.judging.stage import answer_row
from medq.judging.voice import Voice
from medq.models.interface import Answer
from medq.planning.survey import Surveyed
from medq.records import JOURNAL
from medq.run.loop import Asked, from_journal
from medq.run.model import run_model
from medq.run.question import Preparer
from medq.run.rows import row_of
from medq.run.task_kinds import task_kind
from medq.run.work import Work
from medq.schema import RunConfig


def answered(work: Work, asked: Sequence[Surveyed], run_dir: Path | None) -> list[Asked]:
    """The questions whose answers the journal holds. Only then are images read as they would be sent.

    Raises `ConfigError` for an image that the run would refuse to send.
    """
    config = work.config
    path = config.journal.path or (None if run_dir is None else run_dir / JOURNAL)
    if path is None or not path.is_file():
        return []
    model = run_model(config)
    prepare = Preparer(
        identity=model.identity,
        seed=config.run.seed,
        window=work.window,
        allow_lossy=config.data.allow_lossy,
        keep=None,
    )
    with Journal(path) as journal:
        if not journal.count():
            return []
        looked_up = from_journal((one.question for one in asked), prepare=prepare, journal=journal)
    return [one for one in looked_up if isinstance(one.outcome, Answer)]


def judged(config: RunConfig, found: Sequence[Asked], run_dir: Path | None) -> Mapping[str, int]:
    """How many verdicts on those answers each judge's journal holds."""
    path = None if run_dir is None else run_dir / VERDICTS
    models = config.judge.models()
    if path is None or not path.is_file() or not models:
        return {}
    # The second pass of a comparison is judged as a stage of its own: a row of each pass has the same id.
    passes = [[_row(one) for one in found if one.question.exchanged is exchanged] for exchanged in (False, True)]
    names = tuple(model.id or "" for model in models)
    plan = JudgePlan(names, rounds=config.judge.rounds, protocol=config.judge.protocol)
    needed = [one for rows in passes for one in needed_verdicts([row for row in rows if row is not None], plan)]
    with Journal(path) as journal:
        voices = {model.id or "": Voice(model, journal, structured=config.judge.structured) for model in models}
        keys = {
            name: {voice.key(one.call(0, plan.protocol)) for one in needed if one.judge == name}
            for name, voice in voices.items()
        }
        return {name: len(journal.answers(wanted)) for name, wanted in keys.items()}


def _row(one: Asked) -> AnswerRow | None:
    item = one.question.item
    kind = task_kind(item.task)
    if not kind.judged:
        return None
    reference = exchange_names(item.reference or "") if one.question.exchanged else None
    return answer_row(row_of(one, kind), reference=reference)
