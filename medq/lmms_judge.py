"""medq's judges inside lmms-eval (entry point `medq_tasks.judges`): the one that MEDQ_JUDGE names.

`MEDQ_JUDGE` holds an option of `conf/judge`, then, after spaces, keys of it: `rules`, `gpt4o`, `gpt4o judge.rounds=3`,
`openai_compatible judge.id=NAME judge.api_base=http://127.0.0.1:8000/v1`.
"""

from __future__ import annotations

import asyncio
import atexit
import threading
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from judges.aggregate import judge_rows_by_rules
from judges.axes import AXES
from judges.errors import JudgeInputError
from judges.plan import JudgePlan
from judges.record import AnswerRow, RowJudgement, counted_as
from judges.stage import judge_rows
from medq.errors import ConfigError, MedqError
from medq.groups import near, options
from medq.judging.settings import JudgeSettings
from medq_tasks.environment import judge_journal
from medq_tasks.errors import InputError
from medq_tasks.lmms.judging import AnswerToJudge, AxisScore, Judge

if TYPE_CHECKING:
    from judges.call import JudgeCall, JudgeFailure, JudgeReply

CLOSING_TIMEOUT_S = 30


def open_judge(words: str) -> Judge:
    """The judge that MEDQ_JUDGE=`words` names, ready to be called from any thread.

    Verdicts are kept in `MEDQ_JUDGE_JOURNAL`, by default `judge.sqlite` in the cache folder, and never bought twice.
    Raises `InputError` for an unknown judge or key, a missing credential and a file that is no journal.
    """
    from medq.models.build import check_model

    try:
        settings = judge_settings(words)
        for model in settings.models():
            check_model(model)
        return _by_rules if settings.kind == "rules" else JudgeLine(settings).judge
    except ConfigError as error:
        raise InputError(str(error)) from error


def judge_settings(words: str) -> JudgeSettings:
    """The judge group of the configuration as MEDQ_JUDGE=`words` has it. Raises `ConfigError` naming what is wrong."""
    name, *keys = words.split()
    if name not in options("judge"):
        raise ConfigError(f"MEDQ_JUDGE={words}: unknown judge {name!r}: {near(name, options('judge'))}")
    strangers = [key for key in keys if not key.startswith("judge.") or "=" not in key]
    if strangers:
        raise ConfigError(f"MEDQ_JUDGE={words}: expected keys as judge.rounds=3, got {strangers[0]!r}")
    settings = _composed(name, keys, words)
    if settings.swap:
        raise ConfigError(
            f"MEDQ_JUDGE={words}: judge.swap asks the model twice, which lmms-eval does not; use python -m medq"
        )
    return settings


class JudgeLine:
    """A line to one or several language models that judge: an event loop of its own in a thread of its own.

    lmms-eval scores documents in several threads; all of them share this loop, the journal, and what the judge's
    caller has learned of the provider (concurrency, circuit breaker).
    """

    def __init__(self, settings: JudgeSettings) -> None:
        from medq.journal import Journal
        from medq.judging.voice import Voice

        self._journal = Journal(judge_journal())
        self._voices = {
            model.id or "": Voice(model, self._journal, structured=settings.structured) for model in settings.models()
        }
        self._plan = JudgePlan(
            tuple(self._voices), rounds=settings.rounds, retries=settings.retries, protocol=settings.protocol
        )
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="judge", daemon=True).start()
        atexit.register(self.close)

    def judge(self, answer: AnswerToJudge) -> Mapping[str, AxisScore]:
        """The scores by axis, waited for. Where the judge cannot be used at all, every axis is an error."""
        row = _row(answer)
        asked = asyncio.run_coroutine_threadsafe(judge_rows([row], self._plan, self._ask), self._loop)
        try:
            [judgement] = asked.result()
        except (MedqError, JudgeInputError) as error:
            # The model's answers, hours of GPU time, would be lost with the evaluation: lmms-eval writes at its end.
            return dict.fromkeys(AXES, AxisScore("error", None, {"state": "error", "raw": None, "rule": str(error)}))
        return _scores(judgement)

    async def _ask(self, call: JudgeCall) -> JudgeReply | JudgeFailure:
        outcome, _ = await self._voices[call.judge].ask(call)
        return outcome

    def close(self) -> None:
        """Ends connections and the journal; a process that ends does so by itself."""
        atexit.unregister(self.close)
        for voice in self._voices.values():
            asyncio.run_coroutine_threadsafe(voice.close(), self._loop).result(CLOSING_TIMEOUT_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._journal.close()


def _by_rules(answer: AnswerToJudge) -> Mapping[str, AxisScore]:
    [judgement] = judge_rows_by_rules([_row(answer)])
    return _scores(judgement)


def _row(answer: AnswerToJudge) -> AnswerRow:
    return AnswerRow(
        id=f"{answer.task}/{answer.id}",
        task=answer.task,
        response=answer.response,
        state="scored",
        reference=answer.reference,
        modality=answer.modality,
    )


def _scores(judgement: RowJudgement) -> Mapping[str, AxisScore]:
    return {axis: AxisScore(counted_as(one.state), one.score, one.as_dict()) for axis, one in judgement.axes.items()}


def _composed(name: str, keys: list[str], words: str) -> JudgeSettings:
    from hydra import compose, initialize_config_dir
    from hydra.errors import HydraException
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException
    from pydantic import ValidationError

    from medq.paths import CONF

    refuse = partial(_refused, words)
    try:
        with initialize_config_dir(config_dir=str(CONF), version_base="1.3"):
            group = compose(config_name="config", overrides=[f"judge={name}", *keys]).judge
        plain: Any = OmegaConf.to_container(group, resolve=True, throw_on_missing=True)
        settings = JudgeSettings.model_validate(plain)
        settings.models()
    except (HydraException, OmegaConfBaseException) as error:
        raise refuse(str(error)) from error
    except ValidationError as error:
        raise refuse(str(error.errors()[0]["msg"]).removeprefix("Value error, ")) from error
    return settings


def _refused(words: str, message: str) -> ConfigError:
    return ConfigError(f"MEDQ_JUDGE={words}: {' '.join(message.split())}")
