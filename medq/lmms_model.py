"""Any model of medq inside lmms-eval (`--model medq --model_args option=gpt4o`): our loop behind its chat interface."""

from __future__ import annotations

import asyncio
import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from lmms_eval.api.instance import Instance
from lmms_eval.api.model import lmms

from medq.budget import Purse
from medq.errors import MedqError
from medq.journal import Journal
from medq.lmms_arguments import LmmsArguments, read_arguments
from medq.lmms_question import Asked, asked_of, questions
from medq.models.build import build_model, check_model
from medq.models.fit import fit
from medq.models.interface import Answer, Outcome
from medq.models.settings import ModelSettings
from medq.progress import Progress
from medq.run.loop import ask_all
from medq.run.question import Preparer
from medq_tasks.errors import InputError
from medq_tasks.lmms.ending import with_ending

# lmms-eval's own words for a call that failed, which medq's tasks count as an error and never score.
FAILED = "[LMMS_EVAL_REQUEST_FAILED after {attempts} attempts] {kind}: {message}"
# What lmms-eval passes to every model; where a model runs is said by `hardware`.
_NOT_OURS = ("device", "max_batch_size")


class MedqModel(lmms):  # type: ignore[misc]
    """Answers lmms-eval's requests as `python -m medq` would: same prompts, same bytes, same retries, same journal.

    `option` names a file of `conf/model`, further arguments are keys of it (`medq.lmms_arguments`). With `journal` an
    answer is stored as it arrives, and the same command asks for the rest only; `python -m medq journal.path=` reads
    and writes the same file. `record` names a file that gets one line a request: the document's id, the text and a hash
    of the pixels. Temperature is the task's where the arguments give none; its other generation arguments are not used.
    """

    is_simple = False
    option: ClassVar[str | None] = None

    def __init__(self, option: str | None = None, journal: str | None = None, record: str | None = None, **keys: Any):
        super().__init__()
        self._journal = Path(journal) if journal else None
        self._record = Path(record) if record else None
        self._given = _checked(option or self.option, keys)

    def generate_until(self, requests: list[Instance]) -> list[str]:
        """One text a request, in order; lmms-eval's own failure text for a call that failed."""
        asked = asked_of(requests, self.task_dict)
        if self._record is not None:
            _append(self._record, asked)
        texts = [""] * len(asked)
        for settings, places in self._groups(asked).values():
            outcomes = self._answers(settings, [asked[place] for place in places])
            for place, outcome in zip(places, outcomes, strict=True):
                texts[place] = _text(outcome)
        return texts

    def generate_until_multi_round(self, requests: list[Instance]) -> list[str]:
        """Raises `ValueError`: a question has one answer here."""
        raise ValueError(f"medq: {len(requests)} requests for several rounds; every question is asked in one")

    def loglikelihood(self, requests: list[Instance]) -> list[tuple[float, bool]]:
        """Raises `ValueError`: options are scored by `python -m medq task.scoring=logprob`."""
        raise ValueError(
            f"medq: {len(requests)} requests for likelihoods; python -m medq task.scoring=logprob has them"
        )

    def _groups(self, asked: Sequence[Asked]) -> dict[float | None, tuple[ModelSettings, list[int]]]:
        """The places of the requests by temperature, each with the settings that they are asked with."""
        groups: dict[float | None, tuple[ModelSettings, list[int]]] = {}
        model = self._given.model
        for place, one in enumerate(asked):
            wanted = model.temperature if self._given.temperature_given else one.temperature()
            wanted = model.temperature if wanted is None else wanted
            same = wanted == model.temperature
            settings = model if same else model.model_copy(update={"temperature": wanted})
            groups.setdefault(wanted, (settings, []))[1].append(place)
        return groups

    def _answers(self, settings: ModelSettings, asked: Sequence[Asked]) -> list[Outcome]:
        with tempfile.TemporaryDirectory(prefix="medq-") as scratch:
            try:
                with Journal(self._journal or Path(scratch) / "journal.sqlite") as journal:
                    return asyncio.run(self._ask(settings, asked, journal))
            except (MedqError, InputError) as error:
                kept = f"; what is answered is in {self._journal}" if self._journal else ""
                raise SystemExit(f"error: {error}{kept}") from error

    async def _ask(self, settings: ModelSettings, asked: Sequence[Asked], journal: Journal) -> list[Outcome]:
        given = self._given
        purse = Purse(given.budget_usd)
        model = build_model(settings, seed=given.seed, hardware=given.hardware, purse=purse)
        prepare = Preparer(identity=model.identity, seed=given.seed, window=None, allow_lossy=True, keep=None)
        try:
            with Progress(len(asked), settings.name or settings.kind) as progress:
                done = await ask_all(
                    questions(asked), prepare=prepare, model=model, journal=journal, observe=progress.observe
                )
        finally:
            await model.close()
        return [one.outcome for one in done if one.outcome is not None]


def _checked(option: str | None, keys: Mapping[str, Any]) -> LmmsArguments:
    """The arguments, checked before anything is asked; lmms-eval would swallow any other error and exit with 0."""
    own = {key: value for key, value in keys.items() if key not in _NOT_OURS}
    batch = own.pop("batch_size", None)
    try:
        if option is None:
            raise MedqError("model_args: expected option=NAME, an option of conf/model such as option=gpt4o")
        given = read_arguments(option, {**({"hardware.batch_size": int(batch)} if batch else {}), **own})
        check_model(given.model, purse=Purse(given.budget_usd))
        fit(given.model, given.hardware)
    except (MedqError, ValueError) as error:
        raise SystemExit(f"error: {error}") from error
    return given


def _text(outcome: Outcome) -> str:
    if isinstance(outcome, Answer):
        return with_ending(outcome.text, outcome.finish_reason)
    return FAILED.format(attempts=outcome.attempts, kind=outcome.kind, message=outcome.message)


def _append(file: Path, asked: Sequence[Asked]) -> None:
    with file.open("a", encoding="utf-8") as lines:
        for one in asked:
            images = [
                {"size": list(image.size), "mode": image.mode, "pixels": hashlib.sha256(image.tobytes()).hexdigest()}
                for image in one.shown()
            ]
            row = {"id": one.doc.get("id", one.doc_id), "prompt": one.prompt(), "images": images}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
