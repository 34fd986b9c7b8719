"""What a MedQ-Deg run records beside its means: the section `degradation` of `results.json`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from analysis.errors import AnalysisError
from analysis.run import Run
from medq.records import RESULTS

SEVERITIES = ("L0", "L1", "L2")
TASK = "degradation"
Ends = tuple[float, float]


class Section(BaseModel):
    """A part of the record; fields that newer runs add are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Point(Section):
    """A mean at one severity, with its 95 % interval."""

    value: float | None
    ci95: Ends | None
    n: int


class Curve(Section):
    """The same `n` questions at L0, L1, L2; `axis` and `value` None: all of them."""

    axis: str | None
    value: str | None
    n: int
    accuracy: tuple[Point, ...]
    confidence: tuple[Point, ...]
    calibration_shift: tuple[Point, ...]


class Bin(Section):
    """Answers with a confidence in (`low`, `high`]."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float


class Level(Section):
    """The bins at one severity, None: at all."""

    severity: str | None
    bins: tuple[Bin, ...]
    n: int
    expected_calibration_error: float | None


class Reliability(Section):
    """The bins; `unit` says of what."""

    unit: Literal["questions", "answers"]
    levels: tuple[Level, ...]


class Drop(Section):
    """The fall of accuracy from one severity to another over `n` pairs; `degradation` None: all of them."""

    degradation: str | None
    start: str
    end: str
    n: int
    accuracy_start: float
    accuracy_end: float
    drop: float
    ci95: Ends | None
    lost: int
    gained: int
    p: float


class DunningKruger(Section):
    """The test within the model, from L0 to L2."""

    holds: bool
    accuracy_drop: float
    shift_rise: float
    accuracy_drop_ci95: Ends | None = None
    shift_rise_ci95: Ends | None = None


class QuestionValues(Section):
    """Accuracy and confidence a question, in the order in which the rows first name each."""

    accuracy: tuple[float | None, ...]
    confidence: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class QuestionValue:
    """What the votes on one question come to by the run's rules; None where there is none."""

    accuracy: float | None
    confidence: float | None

    @property
    def calibration_shift(self) -> float | None:
        """Confidence minus accuracy, in [−1, 1]."""
        return None if self.accuracy is None or self.confidence is None else self.confidence - self.accuracy


class Degradation(Section):
    """The whole section; what runs of an older version did not record is empty or None."""

    severity_curves: tuple[Curve, ...] = ()
    reliability: Reliability | None = None
    paired_drops: tuple[Drop, ...] = ()
    dunning_kruger_within: DunningKruger | None = None
    questions: QuestionValues | None = None


def degradation_of(run: Run) -> Degradation | None:
    """The section of a run; None where it is no MedQ-Deg run. Raises `AnalysisError` where it cannot be read."""
    found = (run.results.model_extra or {}).get(TASK)
    if found is None:
        return None
    try:
        return Degradation.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise AnalysisError(
            f"{RESULTS} of {run.path}, {TASK}.{place}: {first['msg']}; write it again with "
            f"`python -m analysis rescore {run.path}`"
        ) from error


def values_by_question(run: Run) -> dict[str, QuestionValue]:
    """The values by the question's id; empty where the run did not record them, or not of these rows."""
    names = list(dict.fromkeys(row.id for row in run.samples if row.task == TASK))
    found = degradation_of(run) if names else None
    if found is None or found.questions is None or len(found.questions.accuracy) != len(names):
        return {}
    pairs = zip(found.questions.accuracy, found.questions.confidence, strict=True)
    return {name: QuestionValue(*pair) for name, pair in zip(names, pairs, strict=True)}
