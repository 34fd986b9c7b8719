"""The expander against a real HTTP server on this machine that speaks the OpenAI protocol."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from medq_tasks.construction import build
from medq_tasks.construction.bank import load_bank
from medq_tasks.construction.expansion import expand_all
from medq_tasks.construction.expansion.language_model import LanguageModelExpander
from medq_tasks.construction.original import Original
from medq_tasks.construction.seeds import Seed
from medq_tasks.construction.source import Source
from medq_tasks.construction.spec import Expansion
from medq_tasks.construction.variants import Variant
from medq_tasks.errors import FetchError

YES_NO = ("Yes", "No")


class Server(ThreadingHTTPServer):
    """`reply` makes a model's text of the seed that was asked about; `asked` are the requests so far."""

    reply = staticmethod(lambda seed: "")
    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(request)
        seed = json.loads(request["messages"][-1]["content"])
        message = {"role": "assistant", "content": self.server.reply(seed)}
        body = {
            "id": "1", "object": "chat.completion", "created": 1, "model": "m",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }  # fmt: skip
        data = json.dumps(body).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def seed(file: str = "a.png") -> Seed:
    original = Original("ct-1", Path("a"), "0", 0, "ct", "s", Source(path="a"), None, 1)
    variant = Variant(original, "dev", "ring", "mild", "L1", "ct.ring", file, "0", None)
    text = "Are concentric ring artifacts visible in this CT slice?"
    return Seed(variant, "yes_or_no", "modality_specific", "ring", text, YES_NO, "Yes", YES_NO)


def expander(server: Server, folder: Path, **options: object) -> LanguageModelExpander:
    base = f"http://127.0.0.1:{server.server_port}/v1"
    return LanguageModelExpander(Expansion(mode="llm", model="openai/m", api_base=base, **options), folder / "e.jsonl")


def answering(text: str, **changed: object):
    return lambda asked: json.dumps(
        {"question": text, "options": asked["options"], "answer": asked["answer"]} | changed
    )


def test_a_rewording_within_the_template_is_taken_with_the_letters_balanced(server, tmp_path):
    server.reply = answering("Can ring artifacts be seen in this CT image?", options=["Yes", "No"])
    questions, rejected = expand_all([seed("a.png"), seed("b.png")], expander(server, tmp_path), load_bank())
    assert [one.text for one in questions] == ["Can ring artifacts be seen in this CT image?"] * 2
    assert all(one.expanded for one in questions) and not rejected
    assert sorted(one.answer for one in questions) == ["A", "B"]


@pytest.mark.parametrize(
    "reply",
    [
        answering("Is a malignant ring-enhancing tumour visible in this CT image?"),
        answering("Are ring artifacts visible in this CT image?", answer="No"),
        answering("Is there noise in this CT image?"),
        lambda asked: "I would rather not.",
        lambda asked: '{"question": 3}',
        lambda asked: "",
    ],
    ids=["diagnosis", "wrong answer", "another attribute", "prose", "wrong types", "empty"],
)
def test_a_reply_outside_the_template_leaves_the_seed(server, tmp_path, reply):
    server.reply = reply
    [question], _ = expand_all([seed()], expander(server, tmp_path), load_bank())
    assert question.text == seed().text and not question.expanded


def test_a_rejected_proposal_is_reported_and_the_next_attempt_is_taken(server, tmp_path):
    asked_for_disease = answering("Which disease causes the rings in this CT image?")
    replies = iter([asked_for_disease, answering("Can ring artifacts be seen in this CT image?")])

    def one_after_another(asked: dict) -> str:
        return next(replies)(asked)

    server.reply = one_after_another
    [question], rejected = expand_all([seed()], expander(server, tmp_path), load_bank())
    assert question.expanded
    assert [one.text for one in rejected] == ["Which disease causes the rings in this CT image?"]


def test_a_reply_is_paid_for_once_also_after_a_line_that_a_kill_cut_off(server, tmp_path):
    server.reply = answering("Can ring artifacts be seen in this CT image?")
    first = expander(server, tmp_path, attempts=1).propose(seed())
    with (tmp_path / "e.jsonl").open("a") as file:
        file.write('{"key": "cut')
    expander(server, tmp_path, attempts=1).propose(seed("other.png"))
    assert expander(server, tmp_path, attempts=1).propose(seed()) == first
    assert len(server.asked) == 2


def test_only_template_text_is_sent(server, tmp_path):
    server.reply = answering("Can ring artifacts be seen in this CT image?")
    expander(server, tmp_path, attempts=1).propose(seed())
    sent = json.dumps(server.asked)
    assert "a.png" not in sent and "ct-1" not in sent and "image_url" not in sent


def test_an_endpoint_that_fails_stops_with_one_line_that_says_what_to_do(server, tmp_path):
    server.status = 401
    with pytest.raises(FetchError, match="run the same command again") as caught:
        expander(server, tmp_path).propose(seed())
    assert "\n" not in str(caught.value)


def test_a_whole_build_takes_good_rewordings_and_reports_the_others(server, tmp_path):
    for place in (1, 2):
        coarse = np.random.default_rng(place).integers(0, 255, (6, 6), dtype=np.uint8)
        Image.fromarray(coarse).resize((64, 64), Image.Resampling.BICUBIC).save(tmp_path / f"{place}.png")
    spec = tmp_path / "spec.yaml"
    base = f"http://127.0.0.1:{server.server_port}/v1"
    spec.write_text(
        "name: own\ndegradations: {per_image: 1, attributes: {ultrasound: [blur]}}\n"
        f"expansion: {{mode: llm, model: openai/m, api_base: '{base}', attempts: 1}}\n"
        'sources: [{path: "*.png", modality: ultrasound}]\n'
    )

    def reworded(asked: dict) -> str:
        text = f"Please look closely at this image: {asked['question']}"
        wrong = "Which tumour causes this in the image?" if asked["type"] == "what" else text
        return answering(wrong)(asked)

    server.reply = reworded
    first = build(spec, tmp_path / "out")
    questions = [row.cells["question"] for table in first.tables if table.task == "perception" for row in table.rows]
    assert any(text.startswith("Please look closely") for text in questions)
    assert not [text for text in questions if "tumour" in text]
    assert {"Which tumour causes this in the image?"} == {one.text for one in first.rejected if "tumour" in one.text}
    calls = len(server.asked)
    build(spec, tmp_path / "out")
    assert len(server.asked) == calls
