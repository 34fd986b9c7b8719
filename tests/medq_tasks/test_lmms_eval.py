"""lmms-eval itself runs the tasks: our prompts, our pixels and our accuracies come out."""

import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from medq_tasks.answers import is_outage
from medq_tasks.item import Item
from medq_tasks.lmms.items import items_of
from medq_tasks.lmms.judged import AXES as JUDGED_AXES
from medq_tasks.lmms.sample_log import main as sample_log
from medq_tasks.perception import render
from medq_tasks.scoring import Mean, Scored, accuracy, score_choice
from medq_tasks.task_yaml import load_task, task_file

pytestmark = pytest.mark.local
INCLUDE = task_file("perception", "test").parents[1]
OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
FAILED = "[LMMS_EVAL_REQUEST_FAILED after 5 retries] 429: A rate limit was hit"
METRICS = ("accuracy", "accuracy_yes_or_no", "accuracy_what", "accuracy_how", "n_unscored", "n_error")


@pytest.fixture(autouse=True)
def offline(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in OFFLINE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LMMS_EVAL_DATASETS_CACHE", str(tmp_path_factory.getbasetemp() / "datasets"))
    monkeypatch.delenv("MEDQ_DATA", raising=False)
    monkeypatch.delenv("MEDQ_JUDGE", raising=False)
    items_of.cache_clear()
    yield
    items_of.cache_clear()


def response(item: Item, place: int) -> str:
    """Right and wrong answers in several forms, refusals, failed calls."""
    texts = {option.letter: option.text for option in item.options}
    wrong = next(letter for letter in texts if letter != item.answer)
    forms = (
        f"A slight change is visible, so the answer is {item.answer}.",
        f"**{wrong}. {texts[wrong]}**",
        texts[item.answer or ""],
        f"<think>{wrong} could fit.</think>\n\n{item.answer}",
        "I'm sorry, but as an AI I cannot give a medical assessment.",
        FAILED,
        f"\\boxed{{{item.answer}}}\n\nOption {wrong} is wrong.",
    )
    return forms[place % len(forms)]


def description(item: Item, place: int) -> str:
    """The expert's own words, other words with and without a conclusion, refusals, failed calls."""
    forms = (
        f"{item.reference}",
        "Mild noise is visible.\n\nThe first image has higher quality. Overall, the quality of this image is usable.",
        "Heavy streaks and motion are seen in the second image.",
        "I'm sorry, but as an AI I cannot assess this.",
        FAILED,
        "Severe noise, blur and streaks. The second image is of better quality. Overall, the image quality is good.",
    )
    return forms[place % len(forms)]


def write_answers(path: Path, items: tuple[Item, ...]) -> dict[str, str]:
    """A jsonl of answers in which one item has no row."""
    respond = response if items[0].options else description
    answers = {item.id: respond(item, place) for place, item in enumerate(items)}
    answers.pop(items[1].id)
    rows = [json.dumps({"index": index, "prediction": text}) for index, text in answers.items()]
    path.write_text("\n".join(rows), encoding="utf-8")
    return answers


def expected(items: tuple[Item, ...], answers: dict[str, str]) -> dict[str, float]:
    """The metrics of our own scoring."""
    rows = []
    for item in items:
        outcome = score_choice(item, answers.get(item.id))
        rows.append(Scored(outcome.state, outcome.correct, item.id, {"question_type": item.question_type}))
    by_type = {f"accuracy_{kind}": of_type(rows, kind).value for kind in ("yes_or_no", "what", "how")}
    whole = accuracy(rows)
    values = {"accuracy": whole.value, "n_unscored": whole.n_unscored, "n_error": whole.n_error} | by_type
    return {name: float(value) for name, value in values.items() if value is not None}


def of_type(rows: list[Scored], kind: str) -> Mean:
    return accuracy([row for row in rows if row.axes["question_type"] == kind])


def shown(results: dict[str, Any], task: str) -> dict[str, float]:
    """The metrics that lmms-eval reports for a task."""
    return {name: results["results"][task][f"{name},none"] for name in METRICS}


def recorded(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def pixels(item: Item) -> list[dict[str, Any]]:
    """What a model must see of an item's images."""
    opened = [Image.open(io.BytesIO(image.read())) for image in item.images]
    return [
        {"size": list(image.size), "mode": image.mode, "pixels": hashlib.sha256(image.tobytes()).hexdigest()}
        for image in opened
    ]


def evaluate(model: Any, tasks: list[str], **options: Any) -> dict[str, Any]:
    from lmms_eval.evaluator import simple_evaluate
    from lmms_eval.tasks import TaskManager

    manager = TaskManager(include_path=str(INCLUDE), include_defaults=False, model_name="medq_replay")
    found: dict[str, Any] = simple_evaluate(model=model, tasks=tasks, task_manager=manager, **options)
    return found


@pytest.mark.parametrize("version", ["paper", "released"])
def test_evaluator_gets_our_prompts_pixels_and_accuracies(tmp_path: Path, version: str) -> None:
    items = items_of("perception", "test")
    answers = write_answers(tmp_path / "answers.jsonl", items)
    task = task_file("perception", "test", prompt=version).stem
    arguments = f"path={tmp_path / 'answers.jsonl'},record={tmp_path / 'asked.jsonl'}"
    results = evaluate("medq_replay", [task], model_args=arguments)
    assert shown(results, task) == expected(items, answers)
    asked = recorded(tmp_path / "asked.jsonl")
    assert [(row["id"], row["prompt"]) for row in asked] == [(item.id, render(item, version)) for item in items]
    assert [row["images"] for row in asked] == [pixels(item) for item in items]


def test_models_of_the_simple_kind_get_the_same(tmp_path: Path) -> None:
    from lmms_eval.api.model import lmms

    class First(lmms):  # type: ignore[misc]
        """A model without a chat interface, which always answers A."""

        is_simple = True
        asked: list[tuple[str, list[bytes]]]

        def generate_until(self, requests: list[Any]) -> list[str]:
            self.asked = []
            for context, _, to_visual, doc_id, task, split in (request.args for request in requests):
                doc = self.task_dict[task][split][doc_id]
                self.asked.append((context, [np.asarray(image).tobytes() for image in to_visual(doc)]))
            return ["A"] * len(requests)

        def generate_until_multi_round(self, requests: list[Any]) -> list[str]:
            return self.generate_until(requests)

        def loglikelihood(self, requests: list[Any]) -> list[tuple[float, bool]]:
            return [(0.0, False)] * len(requests)

    items = items_of("perception", "dev")
    model = First()
    results = evaluate(model, ["medq_perception_dev"])
    assert shown(results, "medq_perception_dev") == expected(items, {item.id: "A" for item in items})
    assert [prompt for prompt, _ in model.asked] == [render(item) for item in items]
    first = Image.open(io.BytesIO(items[0].images[0].read()))
    assert model.asked[0][1] == [np.asarray(first).tobytes()]


def medq_results(task: str, answers: Path, run_dir: Path) -> dict[str, float]:
    """What `python -m medq` makes of the same answers, under the names of lmms-eval's metrics."""
    arguments = [f"+task={task}", "model=replay", f"model.path={answers}", f"run.dir={run_dir}", "judge=rules"]
    done = subprocess.run([sys.executable, "-m", "medq", *arguments], capture_output=True, text=True, check=False)
    assert (run_dir / "results.json").is_file(), done.stderr
    metrics = json.loads((run_dir / "results.json").read_text(encoding="utf-8"))["metrics"]
    counts = {f"{n}_{axis}": metrics[axis][n] for axis in JUDGED_AXES for n in ("n_unscored", "n_error")}
    whole = {n: metrics["overall"][n] for n in ("n_unscored", "n_error")}
    return {name: metric["value"] for name, metric in metrics.items()} | counts | whole


def judged_prompts(task: str, version: str) -> list[tuple[str, str]]:
    definition = load_task(task_file(task, "test", prompt=version))
    return [(item.id, definition.prompt(item)) for item in items_of(task, "test")]


@pytest.mark.parametrize("task", ["reasoning", "comparison"])
def test_judged_tasks_get_our_prompts_pixels_in_order_and_scores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    monkeypatch.setenv("MEDQ_JUDGE", "rules")
    items = items_of(task, "test")
    write_answers(tmp_path / "answers.jsonl", items)
    arguments = f"path={tmp_path / 'answers.jsonl'},record={tmp_path / 'asked.jsonl'}"
    found = evaluate("medq_replay", [f"medq_{task}_test"], model_args=arguments)["results"][f"medq_{task}_test"]
    ours = medq_results(task, tmp_path / "answers.jsonl", tmp_path / "run")
    assert {name: found[f"{name},none"] for name in ours} == ours
    assert 0 < ours["n_error"] < len(items)
    assert found["n_answered,none"] == len(items) - ours["n_error"]
    asked = recorded(tmp_path / "asked.jsonl")
    assert [(row["id"], row["prompt"]) for row in asked] == judged_prompts(task, "paper")
    assert [row["images"] for row in asked] == [pixels(item) for item in items]


@pytest.mark.long
def test_log_of_samples_replays_the_answers_as_the_model_gave_them(tmp_path: Path) -> None:
    items = items_of("perception", "dev")
    write_answers(tmp_path / "answers.jsonl", items)
    command_line(tmp_path, "medq_perception_dev", "--log_samples")
    [log] = (tmp_path / "out").rglob("*_samples_*.jsonl")
    assert sample_log([str(log), str(tmp_path / "again.jsonl")]) == 0
    answers = {row["index"]: row["prediction"] for row in recorded(tmp_path / "answers.jsonl")}
    again = {row["index"]: row["prediction"] for row in recorded(tmp_path / "again.jsonl")}
    missing = again.pop(items[1].id)
    assert is_outage(missing)
    assert again == answers


def test_wrong_judge_ends_the_evaluation_before_the_model_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDQ_JUDGE", "gpt4")
    write_answers(tmp_path / "answers.jsonl", items_of("reasoning", "test"))
    arguments = f"path={tmp_path / 'answers.jsonl'},record={tmp_path / 'asked.jsonl'}"
    with pytest.raises(SystemExit, match="did you mean gpt4o"):
        evaluate("medq_replay", ["medq_reasoning_test"], model_args=arguments)
    assert not (tmp_path / "asked.jsonl").exists()


def command_line(cwd: Path, task: str, *more: str) -> dict[str, Any]:
    """The results file of `lmms-eval`; it exits with 0 even after an error, so the file is what counts."""
    arguments = ["--include_path", str(INCLUDE), "--tasks", task, "--model", "medq_replay"]
    arguments += ["--model_args", "path=answers.jsonl", "--output_path", "out", *more]
    done = subprocess.run(
        [sys.executable, "-m", "lmms_eval", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    files = list((cwd / "out").rglob("*results.json"))
    assert len(files) == 1, done.stdout[-2000:] + done.stderr[-2000:]
    found: dict[str, Any] = json.loads(files[0].read_text(encoding="utf-8"))
    return found


@pytest.mark.long
def test_command_line_gets_our_accuracies_from_any_folder(tmp_path: Path) -> None:
    items = items_of("perception", "test")
    answers = write_answers(tmp_path / "answers.jsonl", items)
    results = command_line(tmp_path, "medq_perception_test")
    assert shown(results, "medq_perception_test") == pytest.approx(expected(items, answers), rel=0, abs=0)
    assert results["n-samples"]["medq_perception_test"]["effective"] == len(items)
    assert results["configs"]["medq_perception_test"]["generation_kwargs"]["until"] == []


def test_environment_names_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    items = items_of("perception", "dev")[:3]
    image = "image\tquestion\tA\tB\tC\tD\tanswer\tquestion_type\n"
    rows = [item_row(item) for item in items]
    (tmp_path / "own.tsv").write_text("index\t" + image + "".join(rows), encoding="utf-8")
    (tmp_path / "answers.jsonl").write_text(
        "\n".join(json.dumps({"index": item.id, "prediction": item.answer}) for item in items), encoding="utf-8"
    )
    monkeypatch.setenv("MEDQ_DATA", str(tmp_path / "own.tsv"))
    items_of.cache_clear()
    results = evaluate("medq_replay", ["medq_perception_test"], model_args=f"path={tmp_path / 'answers.jsonl'}")
    assert results["n-samples"]["medq_perception_test"]["effective"] == 3
    assert results["results"]["medq_perception_test"]["accuracy,none"] == 1


def item_row(item: Item) -> str:
    import base64

    texts = [option.text for option in item.options]
    cells = [item.id, base64.b64encode(item.images[0].read()).decode(), item.question]
    return "\t".join([*cells, *texts, *[""] * (4 - len(texts)), item.answer or "", item.question_type or ""]) + "\n"


def test_the_replay_model_is_registered_without_importing_torch() -> None:
    code = (
        "import sys; from lmms_eval.models import MODEL_REGISTRY_V2 as registry;"
        "known = 'medq_replay' in registry.list_model_names(); sys.exit(not known or 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, (
        "medq_replay is unknown: install the checkout again (pip install --no-deps -e .)" + done.stderr
    )
