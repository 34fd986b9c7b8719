"""The task files, read without lmms-eval."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from medq_tasks import perception
from medq_tasks.errors import DataError
from medq_tasks.item import Item, Option
from medq_tasks.lmms import results
from medq_tasks.task_yaml import load_task, task_file

ITEM = Item("1", "perception", "Is noise visible?", (), (Option("A", "Yes"), Option("B", "No")), answer="A")
TASKS = [(split, prompt) for split in ("dev", "test") for prompt in perception.VERSIONS]


@pytest.mark.parametrize(("split", "prompt"), TASKS)
def test_task_says_split_prompt_and_decoding(split: str, prompt: str) -> None:
    task = load_task(task_file("perception", split, prompt=prompt))
    assert task.name.startswith(f"medq_perception_{split}")
    assert task.split == split
    assert task.prompt(ITEM) == perception.render(ITEM, prompt)
    assert task.generation["until"] == []
    assert task.generation["temperature"] == 0
    assert task.generation["max_new_tokens"] > 0


def test_metrics_come_with_their_functions() -> None:
    task = load_task(task_file("perception", "test"))
    assert {metric.name: metric.aggregation for metric in task.metrics}["accuracy"] is results.accuracy_of
    assert task.process_results is results.choice_results


def test_reading_a_task_imports_neither_torch_nor_lmms_eval() -> None:
    code = (
        "import sys; from medq_tasks.task_yaml import load_task, task_file; load_task(task_file('perception', 'test'));"
        "sys.exit(bool({'torch', 'lmms_eval', 'datasets', 'scipy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_unknown_task_names_those_that_exist() -> None:
    with pytest.raises(DataError, match="medq_perception_test"):
        task_file("perception", "train")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("task: !function os.system", "expected !function medq_tasks"),
        ("task: !function medq_tasks.perception.prompt.absent", "name a function that exists"),
        ("task: !!python/object/apply:os.getcwd []", "expected the YAML of a task"),
        ("- a", "expected the keys of a task, got list"),
        ("task: t\ntest_split: test\n", "expected the key 'metadata'"),
        ("task: [", "expected the YAML of a task"),
    ],
)
def test_bad_task_file_gets_one_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "medq_bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message) as raised:
        load_task(path)
    assert "\n" not in str(raised.value)


def test_every_yaml_below_medq_tasks_can_be_indexed_by_lmms_eval() -> None:
    # lmms-eval walks the whole folder, takes each file for a mapping, and any with `task` or `class` for a task.
    root = task_file("perception", "test").parents[1]
    for path in root.rglob("*.yaml"):
        tree = yaml.compose(path.read_text(encoding="utf-8"))
        assert isinstance(tree, yaml.MappingNode), path
        keys = {key.value for key, _ in tree.value}
        assert path.stem.startswith("medq_") == ("task" in keys), path
        assert not keys & {"class", "group"}, path
