"""The bank: quality attributes, questions, sentences and the words of each modality."""

from medq_tasks.construction.bank.bank import Bank, load_bank, question_count
from medq_tasks.construction.bank.entries import Attribute, ContentQuestion, Entry, Level, ModalityWords

__all__ = ["Attribute", "Bank", "ContentQuestion", "Entry", "Level", "ModalityWords", "load_bank", "question_count"]
