"""The bank: quality attributes, seed questions, sentences and the words of each modality."""

from medq_tasks.construction.bank.bank import Bank, ModalityWords, load_bank, question_count

__all__ = ["Bank", "ModalityWords", "load_bank", "question_count"]
