"""No-reference reasoning: describe the quality of one image and conclude with good, usable or reject."""

from medq_tasks.reasoning.prompt import VERSIONS, render

__all__ = ["VERSIONS", "render"]
