"""The composed configuration, validated once before any money or GPU time is spent."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from medq.hardware import HardwareSettings
from medq.judging.settings import JudgeSettings
from medq.models.settings import ModelSettings
from medq_tasks.calibration.voted import Aggregate, Confidence, SingleOption, Unreadable, VoteRules

LOG_PROBABILITIES = {"logprobs": True, "top_logprobs": 5}
TaskName = Literal["perception", "reasoning", "comparison", "degradation"]


class Section(BaseModel):
    """A section of the configuration: frozen, and closed to keys that nothing reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TaskSettings(Section):
    """What is asked.

    `members` are the tasks of one run; `runs` the votes an item; `aggregate` to `confidence` are MedQ-Deg's. `scoring`:
    the model writes its answer, or the option whose letter it finds most probable is taken; `permutations: cyclic`
    averages those probabilities over the turns of the options, so that no position is preferred.
    """

    name: str
    members: tuple[TaskName, ...] = ()
    prompt: str = "paper"
    runs: int = Field(default=1, ge=1, le=1000)
    aggregate: Aggregate = "mean"
    unreadable: Unreadable = "spread"
    single_option: SingleOption = "drop"
    confidence: Confidence = "votes"
    scoring: Literal["generate", "logprob"] = "generate"
    permutations: Literal["none", "cyclic"] = "none"

    @model_validator(mode="before")
    @classmethod
    def _has_the_confidence_of_its_scoring(cls, values: Any) -> Any:
        """Probabilities are the confidence where options are chosen by them; the votes would be all the same."""
        if isinstance(values, dict) and values.get("scoring") == "logprob" and values.get("confidence") == "votes":
            return {**values, "confidence": "logprob"}
        return values

    @model_validator(mode="before")
    @classmethod
    def _asks_for_the_confidence(cls, values: Any) -> Any:
        """A confidence in words needs the prompt that asks for one; the run is named after that prompt."""
        if isinstance(values, dict) and values.get("confidence") == "verbal" and values.get("prompt") == "paper":
            return {**values, "prompt": "percent"}
        return values

    def vote_rules(self) -> VoteRules:
        """How votes become numbers."""
        return VoteRules(self.aggregate, self.unreadable, self.single_option, self.confidence)

    def tasks(self) -> tuple[str, ...]:
        """The tasks of the run, in order: the members, or the one that the name says."""
        return self.members or (self.name,)


class DataSettings(Section):
    """Which items, and what may be done to their images."""

    source: Literal["sample", "official", "local"]
    path: Path | None = None
    split: Literal["dev", "test"] | None = None
    columns: dict[str, str | None] = Field(default_factory=dict)
    window: str | None = None
    allow_lossy: bool = False

    def mapped_columns(self) -> dict[str, str]:
        """The column names that the user gave, by item field."""
        return {field: column for field, column in self.columns.items() if column is not None}


class LoggerSettings(Section):
    """Where results go besides the run directory."""

    kind: Literal["files", "wandb"]
    project: str = "medq"
    entity: str | None = None
    group: str | None = None
    tags: tuple[str, ...] = ()
    mode: Literal["online", "offline"] | None = None
    timeout_s: float = Field(default=120, gt=0)


class RunSettings(Section):
    """The run itself."""

    dir: Path | None = None
    root: Path = Path("runs")
    seed: int = Field(default=0, ge=0)
    limit: int | None = Field(default=None, ge=1)
    resume: bool = True
    keep_images: bool = True
    budget_usd: float | None = Field(default=None, gt=0)
    max_error_rate: float = Field(default=0.0, ge=0, le=1)
    assumed_latency_s: float | None = Field(default=None, gt=0)


class JournalSettings(Section):
    """Where answers are kept."""

    path: Path | None = None


class RunConfig(Section):
    """Everything that one run depends on."""

    mode: Literal["run", "plan", "score", "judge"] = "run"
    task: TaskSettings
    model: ModelSettings
    judge: JudgeSettings
    hardware: HardwareSettings
    data: DataSettings
    logger: LoggerSettings
    run: RunSettings
    journal: JournalSettings

    @model_validator(mode="before")
    @classmethod
    def _asks_for_log_probabilities(cls, values: Any) -> Any:
        """`task.confidence=logprob` has the server send them; what the user put into `model.extra` stays."""
        task, model = values.get("task"), values.get("model")
        if not (isinstance(task, dict) and isinstance(model, dict) and task.get("confidence") == "logprob"):
            return values
        if task.get("scoring") == "logprob":
            return values
        if model.get("kind") != "litellm":
            raise ValueError(f"task.confidence=logprob: a model of kind {model.get('kind')} gives no log-probabilities")
        return {**values, "model": {**model, "extra": {**LOG_PROBABILITIES, **(model.get("extra") or {})}}}

    @field_validator("task", mode="before")
    @classmethod
    def _task_given(cls, value: object) -> object:
        if value is None:
            raise ValueError("no task was chosen; add +task=perception (or reasoning, comparison, degradation, all)")
        return value
