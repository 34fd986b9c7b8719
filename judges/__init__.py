"""Judging free-text answers: rubrics, verdicts, human ratings, agreement."""
