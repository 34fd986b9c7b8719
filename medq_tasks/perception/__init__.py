"""Perception: multiple choice about the quality of one image."""

from medq_tasks.perception.prompt import VERSIONS, render
from medq_tasks.scoring.choice import score_choice as score

__all__ = ["VERSIONS", "render", "score"]
