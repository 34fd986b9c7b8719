"""Votes to confidence, Calibration Shift and its tests; pure functions, no input or output."""

from medq_tasks.calibration.brier import brier_score
from medq_tasks.calibration.dunning_kruger import (
    BetweenModels,
    WithinModel,
    between_models,
    effect_within,
    within_model,
)
from medq_tasks.calibration.expected_calibration_error import expected_calibration_error
from medq_tasks.calibration.letter_probability import letter_probability
from medq_tasks.calibration.mcnemar import mcnemar_clustered, mcnemar_exact
from medq_tasks.calibration.means import accuracy_mean, confidence_mean, shift_mean
from medq_tasks.calibration.measured import Measured, measured
from medq_tasks.calibration.paired_drop import PairedDrop, paired_drops
from medq_tasks.calibration.reliability import Bin, Reliability, reliability
from medq_tasks.calibration.response_curves import ResponseCurve, response_curves
from medq_tasks.calibration.severity_curves import Point, SeverityCurve, severity_curves
from medq_tasks.calibration.stated import stated_confidence, without_confidence
from medq_tasks.calibration.vote_accuracy import vote_accuracy
from medq_tasks.calibration.vote_confidence import vote_confidence
from medq_tasks.calibration.voted import Vote, VotedItem, VoteRules

__all__ = [
    "BetweenModels",
    "Bin",
    "Measured",
    "PairedDrop",
    "Point",
    "Reliability",
    "ResponseCurve",
    "SeverityCurve",
    "Vote",
    "VoteRules",
    "VotedItem",
    "WithinModel",
    "accuracy_mean",
    "between_models",
    "brier_score",
    "confidence_mean",
    "effect_within",
    "expected_calibration_error",
    "letter_probability",
    "mcnemar_clustered",
    "mcnemar_exact",
    "measured",
    "paired_drops",
    "reliability",
    "response_curves",
    "severity_curves",
    "shift_mean",
    "stated_confidence",
    "vote_accuracy",
    "vote_confidence",
    "within_model",
    "without_confidence",
]
