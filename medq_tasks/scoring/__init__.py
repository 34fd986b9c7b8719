"""From scored rows to metrics, with counts, intervals and bounds."""

from medq_tasks.scoring.accuracy import accuracy
from medq_tasks.scoring.breakdowns import AXES, breakdowns, grouped
from medq_tasks.scoring.chance import random_guess
from medq_tasks.scoring.choice import ChoiceOutcome, score_choice
from medq_tasks.scoring.clusters import clustered_variance, effective_n
from medq_tasks.scoring.free_text import FreeTextOutcome, read_free_text
from medq_tasks.scoring.mean import Mean
from medq_tasks.scoring.mean_score import mean_score
from medq_tasks.scoring.metrics import METRICS, MetricKind
from medq_tasks.scoring.scored import Scored, State
from medq_tasks.scoring.wilson import wilson

__all__ = [
    "AXES",
    "METRICS",
    "ChoiceOutcome",
    "FreeTextOutcome",
    "Mean",
    "MetricKind",
    "Scored",
    "State",
    "accuracy",
    "breakdowns",
    "clustered_variance",
    "effective_n",
    "grouped",
    "mean_score",
    "random_guess",
    "read_free_text",
    "score_choice",
    "wilson",
]
