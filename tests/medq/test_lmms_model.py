"""lmms-eval's own command line with medq's models: the requests, scores and errors of `python -m medq`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from medq.faultserver import serve
from medq_tasks.lmms.items import items_of
from medq_tasks.task_yaml import task_file

pytestmark = [pytest.mark.local, pytest.mark.timeout(900)]
INCLUDE = task_file("perception", "test").parents[1]
TASKS = ("perception", "reasoning", "comparison", "degradation")
LIMIT = 24


@pytest.fixture(autouse=True)
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "OMP_NUM_THREADS"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("LMMS_EVAL_DATASETS_CACHE", str(tmp_path / "datasets"))
    monkeypatch.setenv("MEDQ_JUDGE", "rules")
    monkeypatch.delenv("MEDQ_DATA", raising=False)
    items_of.cache_clear()
    yield
    items_of.cache_clear()


def lmms_eval(cwd: Path, model: str, arguments: str, tasks: tuple[str, ...] = TASKS, *more: str) -> dict[str, Any]:
    """What `lmms-eval` writes; it exits with 0 after an error, so the file is what counts."""
    names = ",".join(f"medq_{task}_test" for task in tasks)
    command = [str(Path(sys.executable).parent / "lmms-eval"), "--include_path", str(INCLUDE), "--tasks", names]
    command += ["--model", model, "--model_args", arguments, "--output_path", "out", "--limit", str(LIMIT), *more]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    files = list((cwd / "out").rglob("*results.json"))
    assert len(files) == 1, done.stdout[-2000:] + done.stderr[-2000:]
    found: dict[str, Any] = json.loads(files[0].read_text(encoding="utf-8"))["results"]
    files[0].unlink()
    return found


def medq(cwd: Path, task: str, url: str, *more: str) -> dict[str, Any]:
    """The metrics of `python -m medq` by task and name."""
    model = ("model=openai_compatible", "model.id=tested", f"model.api_base={url}", "model.retries=1")
    arguments = [f"+task={task}", *model, f"run.limit={LIMIT}", f"run.dir={task}", "journal.path=shared.sqlite", *more]
    done = subprocess.run(
        [sys.executable, "-m", "medq", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert (cwd / task / "results.json").is_file(), done.stderr
    metrics: dict[str, Any] = json.loads((cwd / task / "results.json").read_text(encoding="utf-8"))["metrics"]
    return {name if "." in name else f"{task}.{name}": metric for name, metric in metrics.items()}


@pytest.mark.long
def test_four_tasks_send_the_same_requests_and_get_the_same_scores_and_errors(tmp_path: Path) -> None:
    with serve("refusal=0.1,filter=0.1,length=0.1", seed=4, fail_for_good=0.1) as server:
        arguments = f"id=tested,api_base={server.url},retries=1,backoff_s=0.01,journal=shared.sqlite"
        theirs = lmms_eval(tmp_path, "medq_litellm", arguments)
        first = server.stats()
        # The journal's key holds the model, its decoding, the prompt and the hashes of the images as sent.
        ours = medq(tmp_path, "all", server.url, "model.backoff_s=0.01")
        ours |= medq(tmp_path, "degradation", server.url, "model.backoff_s=0.01", "task.runs=1")
        second = server.stats()
    failed = {content for content in first["by_content"] if content not in first["answered_by_content"]}
    assert 0 < len(failed) < len(first["by_content"]) > 60
    again = {content for content, count in second["by_content"].items() if count > first["by_content"].get(content, 0)}
    assert again == failed
    for task in TASKS:
        shown = theirs[f"medq_{task}_test"]
        names = [name for name in ours if name.startswith(f"{task}.") and f"{name.partition('.')[2]},none" in shown]
        assert names
        for name in names:
            assert shown[f"{name.partition('.')[2]},none"] == pytest.approx(ours[name]["value"], abs=1e-12), name
        headline = ours[f"{task}.accuracy" if f"{task}.accuracy" in ours else f"{task}.overall"]
        for count in ("n_error", "n_unscored"):
            assert shown[f"{count},none"] == headline[count], (task, count)
    choices = [ours["perception.accuracy"], ours["degradation.accuracy"]]
    assert all(sum(metric[count] for metric in choices) > 0 for count in ("n_error", "n_unscored"))


class Requests:
    """Requests as lmms-eval makes them, without its evaluator."""

    def __init__(self, task: str = "perception", count: int = 4, **generation: Any) -> None:
        from medq_tasks.lmms.docs import doc_of
        from medq_tasks.lmms.visual import images
        from medq_tasks.task_yaml import load_task

        definition = load_task(task_file(task, "test"))
        self.items = items_of(task, "test")[:count]
        self.docs = {definition.name: {"test": [doc_of(item, place) for place, item in enumerate(self.items)]}}

        def messages(doc: Any) -> list[dict[str, Any]]:
            pictures = [{"type": "image", "url": image} for image in images(doc)]
            text = {"type": "text", "text": definition.doc_to_text(doc, definition.options)}
            return [{"role": "user", "content": [*pictures, text]}]

        given = {**definition.generation, **generation}
        self.requests = [
            SimpleNamespace(args=("", messages, given, place, definition.name, "test")) for place in range(count)
        ]


def ask(model: Any, requests: Requests) -> list[str]:
    model.task_dict = requests.docs
    found: list[str] = model.generate_until(requests.requests)
    return found


def test_any_option_of_the_catalogue_answers(tmp_path: Path) -> None:
    from medq.lmms_model import MedqModel

    requests = Requests(count=6)
    answers = tmp_path / "answers.jsonl"
    said = [ask(MedqModel(option="random", batch_size=1, device="cpu", **{"run.seed": 3}), requests) for _ in range(2)]
    assert said[0] == said[1]
    assert set(said[0]) <= set("ABCDE")
    rows = [{"index": item.id, "prediction": text} for item, text in zip(requests.items, said[0], strict=True)]
    answers.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert ask(MedqModel(option="replay", path=str(answers)), requests) == said[0]


def test_the_tasks_temperature_holds_where_none_is_given() -> None:
    from medq.lmms_litellm import MedqLitellm

    with serve() as server:
        for keys, expected in (({}, 1.0), ({"temperature": 0.2}, 0.2)):
            ask(MedqLitellm(id="tested", api_base=server.url, **keys), Requests("degradation", 1))
            assert server.server.last_body["temperature"] == expected
        ask(MedqLitellm(id="tested", api_base=server.url), Requests("perception", 1))
        assert server.server.last_body["temperature"] == 0


def test_a_journal_is_gone_on_with_and_failures_are_asked_again(tmp_path: Path) -> None:
    from medq.lmms_litellm import MedqLitellm
    from medq_tasks.answers import is_outage

    requests, keys = Requests(count=30), {"id": "tested", "retries": 0, "journal": str(tmp_path / "journal.sqlite")}
    with serve(fail_for_good=0.3, seed=1) as server:
        port = int(server.root.rpartition(":")[2])
        first = ask(MedqLitellm(api_base=server.url, **keys), requests)
    with serve(port=port) as server:
        second = ask(MedqLitellm(api_base=server.url, **keys), requests)
        asked = server.stats()["calls"]
    failed = [is_outage(text) for text in first]
    assert asked == sum(failed) > 0
    assert [text for text, bad in zip(second, failed, strict=True) if not bad] == [
        text for text in first if not is_outage(text)
    ]
    assert not any(map(is_outage, second))


def test_what_nobody_can_answer_ends_the_evaluation_with_a_line_and_an_exit_code() -> None:
    from medq.lmms_litellm import MedqLitellm
    from medq.lmms_model import MedqModel

    for build in (MedqModel, lambda: MedqModel(option="gpt4"), lambda: MedqLitellm(api_base="http://x/v1")):
        with pytest.raises(SystemExit, match="error: "):
            build()
    with pytest.raises(SystemExit, match=r"error: .*GPU"):
        MedqModel(option="qwen72b", hardware="gpu1", **{"hardware.gpu_memory_gib": 24})
    with serve("401=1") as server, pytest.raises(SystemExit, match="401"):
        ask(MedqLitellm(id="tested", api_base=server.url), Requests(count=30))


def test_medqs_models_are_registered_without_importing_torch() -> None:
    code = (
        "import sys; from lmms_eval.models import MODEL_REGISTRY_V2 as registry;"
        "known = {'medq', 'medq_litellm', 'medq_replay'} <= set(registry.list_model_names());"
        "sys.exit(not known or 'torch' in sys.modules)"
    )
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
