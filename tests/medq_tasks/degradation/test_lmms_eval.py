"""lmms-eval itself runs MedQ-Deg: our prompts and our accuracies by severity come out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from medq_tasks.degradation import render
from medq_tasks.lmms.items import items_of
from medq_tasks.scoring import Scored, accuracy, score_choice
from medq_tasks.task_yaml import task_file

pytestmark = pytest.mark.local


@pytest.mark.long
def test_evaluator_gets_our_prompts_and_accuracies_by_severity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lmms_eval.evaluator import simple_evaluate
    from lmms_eval.tasks import TaskManager

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    monkeypatch.setenv("LMMS_EVAL_DATASETS_CACHE", str(tmp_path / "datasets"))
    monkeypatch.delenv("MEDQ_DATA", raising=False)
    items_of.cache_clear()
    items = items_of("degradation", "dev")
    answers, record = tmp_path / "answers.jsonl", tmp_path / "asked.jsonl"
    said = {item.id: "ABC"[place % 3] if place % 7 else "I cannot say." for place, item in enumerate(items)}
    answers.write_text(
        "\n".join(json.dumps({"index": index, "prediction": text}) for index, text in said.items()), encoding="utf-8"
    )
    file = task_file("degradation", "dev")
    manager = TaskManager(include_path=str(file.parents[1]), include_defaults=False, model_name="medq_replay")
    found = simple_evaluate(
        model="medq_replay", model_args=f"path={answers},record={record}", tasks=[file.stem], task_manager=manager
    )
    shown = found["results"][file.stem]
    outcomes = {item.id: score_choice(item, said[item.id]) for item in items}
    for severity in ("L0", "L1", "L2"):
        rows = [
            Scored(outcomes[item.id].state, outcomes[item.id].correct, item.id)
            for item in items
            if item.severity == severity
        ]
        assert shown[f"accuracy_{severity},none"] == accuracy(rows).value
    asked = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["prompt"]) for row in asked] == [(item.id, render(item)) for item in items]
    items_of.cache_clear()
