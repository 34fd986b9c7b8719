"""Reading answers: from a model's words to an option, or to the reason why none can be read."""

from medq_tasks.answers.outage import is_outage
from medq_tasks.answers.read import read_answer
from medq_tasks.answers.reading import AMBIGUOUS, NO_ANSWER, REFUSAL, TRUNCATED, UNREAD_RULES, Reading

__all__ = ["AMBIGUOUS", "NO_ANSWER", "REFUSAL", "TRUNCATED", "UNREAD_RULES", "Reading", "is_outage", "read_answer"]
