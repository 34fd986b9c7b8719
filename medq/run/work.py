"""What a run has to do: the items of each of its tasks, and how each is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from medq.errors import ConfigError
from medq.run.question import Question, questions
from medq.run.task_kinds import TaskKind, task_kind
from medq.schema import RunConfig
from medq_tasks.data import load_items, provenance
from medq_tasks.images import Window
from medq_tasks.item import Item

DEFAULT_SPLIT = "test"


@dataclass(frozen=True, slots=True)
class Part:
    """One task of a run: its kind, its items, and the files that they come from."""

    kind: TaskKind
    items: tuple[Item, ...]
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """All that a run asks. `window` maps images above 8 bits, None where only a file's own window may."""

    config: RunConfig
    parts: tuple[Part, ...]
    window: Window | None

    def questions(self) -> Iterator[Question]:
        """Every question of every task, in the order of the rows that will be written."""
        runs = self.config.task.runs
        for part in self.parts:
            prompts = partial(part.kind.render, version=self.config.task.prompt)
            yield from questions(part.items, prompts, runs=runs)
            if self._exchanges(part):
                yield from questions(part.items, prompts, runs=runs, exchanged=True)

    def count(self) -> int:
        """The number of questions."""
        passes = sum(len(part.items) * (1 + self._exchanges(part)) for part in self.parts)
        return passes * self.config.task.runs

    def _exchanges(self, part: Part) -> bool:
        return self.config.judge.swap and part.kind.name == "comparison"

    def described(self) -> Mapping[str, Any]:
        """The data set for the manifest: source, split, file names, hashes, counts."""
        data = self.config.data
        files = [{"task": part.kind.name, **asdict(provenance(path))} for part in self.parts for path in part.paths]
        counts = {part.kind.name: len(part.items) for part in self.parts}
        return {"name": data.source, "split": data.split, "items": counts, "files": files}


def plan_work(config: RunConfig) -> Work:
    """Loads the items of every task of the run. Raises `InputError` for files that are missing or bad."""
    parts = tuple(_part(config, task_kind(name)) for name in config.task.tasks())
    return Work(config, parts, None if config.data.window is None else Window.parse(config.data.window))


def _part(config: RunConfig, kind: TaskKind) -> Part:
    kind.check_prompt(config.task.prompt)
    paths = _files(config, kind.name)
    columns = config.data.mapped_columns()
    items = kind.order(
        item for path in paths for item in load_items(path, task=kind.name, split=config.data.split, columns=columns)
    )
    return Part(kind, tuple(items[: config.run.limit]), paths)


def _files(config: RunConfig, task: str) -> tuple[Path, ...]:
    data = config.data
    split = data.split or DEFAULT_SPLIT
    if data.source == "sample":
        from medq_tasks.sample import sample_files

        return sample_files(task, split)
    if data.source == "official":
        from medq_tasks.data import official_files

        return official_files(task, split)
    if data.path is None or not data.path.is_file():
        raise ConfigError(f"data.path={data.path}: there is no such file; give a TSV, JSONL or Parquet file of items")
    return (data.path,)
