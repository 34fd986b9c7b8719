"""MedQ-Deg as lmms-eval sees it."""

from pathlib import Path

import pytest

from medq_tasks.degradation import render
from medq_tasks.degradation.results import severity_results
from medq_tasks.item import Item, Option
from medq_tasks.lmms import results
from medq_tasks.lmms.docs import doc_of
from medq_tasks.task_yaml import load_task, task_file

ITEM = Item(
    "1", "degradation", "Sharp?", (), (Option("A", "Yes"), Option("B", "No")), answer="A", severity="L1", split="test"
)


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_task_file_names_our_prompt_and_samples_one_vote(split: str) -> None:
    task = load_task(task_file("degradation", split))
    assert (task.name, task.split) == (f"medq_degradation_{split}", split)
    assert task.prompt(ITEM) == render(ITEM)
    assert (task.generation["temperature"], task.generation["do_sample"]) == (1.0, True)


def test_a_row_counts_for_its_severity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "cluster_of", lambda doc: "image")
    rows = severity_results(doc_of(ITEM), ["A"])
    assert set(rows) == {"accuracy", "accuracy_L1", "n_unscored", "n_error"}
    assert results.accuracy_of([rows["accuracy_L1"]]) == 1.0


def test_every_metric_of_the_file_is_one_that_rows_can_have() -> None:
    task = load_task(task_file("degradation", "test"))
    names = {"accuracy", "n_unscored", "n_error", *(f"accuracy_{severity}" for severity in ("L0", "L1", "L2"))}
    assert {metric.name for metric in task.metrics} == names
    assert Path(task_file("degradation", "test")).name == "medq_degradation_test.yaml"
