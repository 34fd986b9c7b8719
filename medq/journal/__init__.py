"""The journal: what was paid for is kept, one row an answer, committed as it arrives."""

from medq.journal.beside import JournalBeside
from medq.journal.key import answer_key
from medq.journal.merging import merge_journals
from medq.journal.store import Journal

__all__ = ["Journal", "JournalBeside", "answer_key", "merge_journals"]
