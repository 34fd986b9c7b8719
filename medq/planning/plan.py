"""`mode=plan`: from a configuration to what its run would ask, take and be able to show; spends nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

from judges.axes import AXES
from medq.models.credential import missing_credential
from medq.models.option_turns import turns_of
from medq.models.settings import ModelSettings
from medq.planning import assumed
from medq.planning.calls import answers_estimate, verdicts_estimate
from medq.planning.estimate import CallsEstimate, Detectable, Plan
from medq.planning.in_journal import answered, judged
from medq.planning.placing import fit_notes
from medq.planning.survey import Surveyed, survey
from medq.run.directory import found_run
from medq.run.loop import Asked
from medq.run.model import asked_as, check_scoring
from medq.run.question import Question
from medq.run.task_kinds import task_kind
from medq.run.work import Part, Work, plan_work
from medq.schema import RunConfig
from medq.spending import spent_in
from medq_tasks.scoring.power import detectable_gain, detectable_mean_difference, detectable_paired_gain


def plan_run(config: RunConfig) -> Plan:
    """The plan of the run that the same command would make, or go on with. Raises `InputError` for bad files.

    `ConfigError` for probabilities that the model does not have.
    """
    check_scoring(config.task, config.model)
    work = plan_work(config)
    run_dir = found_run(config)
    asked = survey(work.questions())
    found = answered(work, asked, run_dir)
    calls = (_answers(config, asked, found), *_verdicts(config, asked, judged(config, found, run_dir)))
    return Plan(
        title=f"{config.task.name}, {config.model.name or config.model.kind}, judge {config.judge.name}",
        calls=calls,
        detectable=tuple(_detectable(part) for part in work.parts if part.items),
        unreadable=sum(one.sizes is None for one in asked),
        continues=None if run_dir is None else str(run_dir),
        spent_usd=0.0 if run_dir is None else spent_in(run_dir).usd,
        budget_usd=config.run.budget_usd,
        notes=tuple(_notes(config, work)),
    )


def _answers(config: RunConfig, asked: Sequence[Surveyed], found: Sequence[Asked]) -> CallsEstimate:
    held = {id(one.question) for one in found}
    left = [one for one in asked if id(one.question) not in held for _ in range(_turns(config, one.question))]
    in_journal = sum(_turns(config, one.question) for one in found)
    return answers_estimate(asked_as(config), left, in_journal=in_journal, latency_s=config.run.assumed_latency_s)


def _turns(config: RunConfig, question: Question) -> int:
    """Calls for one question: with its options turned round, one a turn; the turns are as long as one another."""
    return turns_of(question.item, config.task.permutations)


def _verdicts(config: RunConfig, asked: Sequence[Surveyed], held: Mapping[str, int]) -> Iterator[CallsEstimate]:
    texts = [one for one in asked if task_kind(one.question.item.task).judged]
    for model in config.judge.models() if texts else ():
        yield verdicts_estimate(
            model,
            texts,
            config.judge,
            longest=config.model.max_tokens,
            in_journal=held.get(model.id or "", 0),
            latency_s=config.run.assumed_latency_s,
        )


def _detectable(part: Part) -> Detectable:
    n, name = len(part.items), part.kind.name
    if not part.kind.judged:
        separate = detectable_gain(n, accuracy=assumed.ACCURACY)
        return Detectable(name, n, False, separate, detectable_paired_gain(n, discordant=assumed.DISCORDANT))
    together = assumed.SCORE_DEVIATION * sqrt(1 - assumed.SCORE_CORRELATION)
    return Detectable(
        name,
        n,
        True,
        detectable_mean_difference(n, deviation=assumed.SCORE_DEVIATION),
        detectable_mean_difference(n, deviation=together),
    )


def _notes(config: RunConfig, work: Work) -> Iterator[str]:
    judges: tuple[ModelSettings, ...] = config.judge.models() if any(part.kind.judged for part in work.parts) else ()
    yield from fit_notes(config)
    for model in (config.model, *judges):
        missing = missing_credential(model) if model.kind == "litellm" else None
        if missing is not None:
            yield f"before the run itself: {missing}"
    if judges:
        yield f"verdicts an answer: {len(AXES)} axes × {config.judge.rounds} rounds × {len(judges)} judges"
