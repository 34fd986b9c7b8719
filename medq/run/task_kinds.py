"""The tasks as a run sees them: how an item is asked and how an answer is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from medq.errors import ConfigError
from medq.groups import near
from medq_tasks.item import Item
from medq_tasks.scoring import ChoiceOutcome


@dataclass(frozen=True, slots=True)
class TaskKind:
    """One task. `render(item, version=...)` makes the prompt; `prompts` are the versions that there are.

    `score(item, response, finish_reason=...)` reads the answer to a multiple-choice question; it is None for free text,
    which a judge scores. `order` puts the items into the order in which they are asked.
    """

    name: str
    render: Callable[..., str]
    prompts: tuple[str, ...]
    score: Callable[..., ChoiceOutcome] | None
    order: Callable[[Iterable[Item]], Sequence[Item]] = tuple

    @property
    def judged(self) -> bool:
        """Whether a judge scores the answers."""
        return self.score is None

    def check_prompt(self, version: str) -> None:
        """Raises `ConfigError` for a prompt version that this task does not have."""
        if version not in self.prompts:
            known = near(version, [*self.prompts])
            raise ConfigError(f"task.prompt={version}: {self.name} has no such prompt; {known}")


def task_kind(name: str) -> TaskKind:
    """The task of that name; its modules are imported when it is first asked for."""
    return _KINDS[name]()


def _perception() -> TaskKind:
    from medq_tasks import perception

    return TaskKind("perception", perception.render, perception.VERSIONS, perception.score)


def _reasoning() -> TaskKind:
    from medq_tasks import reasoning

    return TaskKind("reasoning", reasoning.render, reasoning.VERSIONS, None)


def _comparison() -> TaskKind:
    from medq_tasks import comparison

    return TaskKind("comparison", comparison.render, comparison.VERSIONS, None)


def _degradation() -> TaskKind:
    from medq_tasks import degradation

    return TaskKind(
        "degradation", degradation.render, degradation.VERSIONS, degradation.score, order=degradation.by_source_item
    )


_KINDS = {
    "perception": _perception,
    "reasoning": _reasoning,
    "comparison": _comparison,
    "degradation": _degradation,
}
