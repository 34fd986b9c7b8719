"""The journal: what was paid for is kept, one row an answer, committed as it arrives."""

from medq.journal.key import answer_key
from medq.journal.store import Journal

__all__ = ["Journal", "answer_key"]
