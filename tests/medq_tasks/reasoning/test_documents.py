"""The reasoning tasks as lmms-eval reads them."""

from pathlib import Path

import pytest

from medq_tasks.data import load_items
from medq_tasks.lmms import judged
from medq_tasks.reasoning import VERSIONS, render
from medq_tasks.sample import sample_file
from medq_tasks.task_yaml import load_task, task_file

TASKS = [(split, prompt) for split in ("dev", "test") for prompt in VERSIONS]
COUNTED = {"n_answered", "n_unscored", "n_error"}


@pytest.mark.parametrize(("split", "prompt"), TASKS)
def test_task_says_split_prompt_and_decoding(split: str, prompt: str) -> None:
    task = load_task(task_file("reasoning", split, prompt=prompt))
    assert (task.name, task.split) == (task_file("reasoning", split, prompt=prompt).stem, split)
    assert task.options["prompt"] == prompt
    assert task.generation == {"until": [], "do_sample": False, "temperature": 0, "max_new_tokens": 1024}


@pytest.mark.parametrize("split", ["dev", "test"])
def test_prompts_of_the_sample_are_those_of_our_own_loop(split: str) -> None:
    items = list(load_items(Path(sample_file("reasoning", split)), task="reasoning", split=split))
    for prompt in VERSIONS:
        task = load_task(task_file("reasoning", split, prompt=prompt))
        assert [task.prompt(item) for item in items] == [render(item, prompt) for item in items]
    assert {len(item.images) for item in items} == {1}


def test_every_axis_is_a_metric_with_its_own_counts() -> None:
    task = load_task(task_file("reasoning", "test"))
    axes = {metric.name for metric in task.metrics if metric.aggregation is judged.axis_mean}
    counts = {f"{count}_{axis}" for axis in judged.AXES for count in ("n_unscored", "n_error")}
    assert axes == set(judged.AXES)
    assert {metric.name for metric in task.metrics} == axes | counts | COUNTED | {"overall"}
    assert task.process_results is judged.judged_results
