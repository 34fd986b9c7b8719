"""Comparison: describe two images against each other and conclude with the better one."""

from medq_tasks.comparison.prompt import VERSIONS, render

__all__ = ["VERSIONS", "render"]
