"""MedQ-Deg: the same questions on clean and degraded copies of an image, asked several times."""

from medq_tasks.degradation.ordering import by_source_item
from medq_tasks.degradation.prompt import VERSIONS, render
from medq_tasks.degradation.score import score

__all__ = ["VERSIONS", "by_source_item", "render", "score"]
