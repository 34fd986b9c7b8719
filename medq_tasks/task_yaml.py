"""The lmms-eval task files, read without lmms-eval and without torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from medq_tasks.errors import DataError
from medq_tasks.item import Item
from medq_tasks.lmms.docs import doc_of

Function = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class MetricDefinition:
    """A metric of a task: its name, how rows become a number, and the direction."""

    name: str
    aggregation: Function
    higher_is_better: bool


@dataclass(frozen=True, slots=True)
class TaskDefinition:
    """What a task's YAML says, with its functions resolved.

    `generation` holds the decoding that the task asks for (until, do_sample, temperature, max_new_tokens). `options`
    are the task's `lmms_eval_specific_kwargs`, such as the prompt version.
    """

    name: str
    split: str
    version: str
    generation: Mapping[str, Any]
    options: Mapping[str, Any]
    doc_to_text: Function
    process_results: Function
    metrics: tuple[MetricDefinition, ...]

    def prompt(self, item: Item) -> str:
        """The prompt that lmms-eval would send for `item`."""
        return str(self.doc_to_text(doc_of(item), self.options))


def task_file(task: str, split: str, *, prompt: str = "paper") -> Path:
    """The YAML of a task, split and prompt version. Raises `DataError` where there is none."""
    suffix = "" if prompt == "paper" else f"_{prompt}"
    path = Path(__file__).parent / task / f"medq_{task}_{split}{suffix}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in Path(__file__).parent.glob("*/medq_*.yaml")))
        raise DataError(f"task file: expected one of {known}; got {path.stem}")
    return path


def load_task(path: Path) -> TaskDefinition:
    """The definition in `path`, with what it includes.

    YAML's own tags only, plus `!function package.module.name`, which names a function inside `medq_tasks`. Raises
    `DataError`, naming file and key, for anything else.
    """
    config = _read(path)
    try:
        return TaskDefinition(
            name=config["task"],
            split=config["test_split"],
            version=str(config["metadata"]["version"]),
            generation=config["generation_kwargs"],
            options=config.get("lmms_eval_specific_kwargs", {}).get("default", {}),
            doc_to_text=config["doc_to_text"],
            process_results=config["process_results"],
            metrics=tuple(
                MetricDefinition(metric["metric"], metric["aggregation"], metric["higher_is_better"])
                for metric in config["metric_list"]
            ),
        )
    except KeyError as error:
        raise DataError(f"{path}: expected the key {error} of a task; add it there or in its include") from None


class _Loader(yaml.SafeLoader):
    """Safe YAML with `!function`."""


def _function(loader: _Loader, node: yaml.ScalarNode) -> Function:
    name = loader.construct_scalar(node)
    module, _, attribute = name.rpartition(".")
    place = f"{loader.name}, line {node.start_mark.line + 1}"
    if module.split(".")[0] != "medq_tasks":
        raise DataError(f"{place}: expected !function medq_tasks.module.name, got {name!r}")
    try:
        function: Function = getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise DataError(f"{place}: !function {name}: {error}; name a function that exists") from error
    return function


_Loader.add_constructor("!function", _function)


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open(encoding="utf-8") as stream:
            config = yaml.load(stream, Loader=_Loader)
    except (OSError, yaml.YAMLError) as error:
        raise DataError(f"{path}: expected the YAML of a task: {' '.join(str(error).split())}") from error
    if not isinstance(config, dict):
        raise DataError(f"{path}: expected the keys of a task, got {type(config).__name__}")
    included = config.pop("include", None)
    return {**(_read(path.parent / included) if included else {}), **config}
