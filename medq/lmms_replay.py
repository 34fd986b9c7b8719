"""Answers made elsewhere, replayed inside lmms-eval (`--model medq_replay --model_args path=answers.jsonl`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lmms_eval.api.instance import Instance
from lmms_eval.api.model import lmms

from medq.models.replay import read_predictions


class MedqReplay(lmms):  # type: ignore[misc]
    """Gives back the `prediction` that a jsonl, tsv, csv or xlsx file has for a document's id.

    A document without a row gets an empty response, which medq's tasks count as an error. `record` names a file that
    gets one line a request: the document's id, the text and the images as a model would get them.
    """

    is_simple = False

    def __init__(self, path: str, record: str | None = None, **_ignored: Any) -> None:
        super().__init__()
        self._answers = read_predictions(Path(path))
        self._record = Path(record) if record else None

    def generate_until(self, requests: list[Instance]) -> list[str]:
        """The stored text of each request, in order."""
        return [self._one(*request.args) for request in requests]

    def generate_until_multi_round(self, requests: list[Instance]) -> list[str]:
        """The same: a stored answer has no further rounds."""
        return self.generate_until(requests)

    def loglikelihood(self, requests: list[Instance]) -> list[tuple[float, bool]]:
        """Raises `ValueError`: stored texts have no likelihood."""
        raise ValueError(f"medq_replay: {len(requests)} requests for likelihoods, but a file of answers has texts only")

    def _one(self, _text: str, messages: Any, _generation: Any, doc_id: int, task: str, split: str) -> str:
        doc = self.task_dict[task][split][doc_id]
        if self._record is not None:
            _append(self._record, doc["id"], messages(doc))
        return self._answers.get(doc["id"], "")


def _append(file: Path, item: str, messages: list[dict[str, Any]]) -> None:
    content = [part for message in messages for part in message["content"]]
    images = [part["url"] for part in content if part["type"] == "image"]
    row = {
        "id": item,
        "prompt": "".join(part["text"] for part in content if part["type"] == "text"),
        "images": [{"size": list(image.size), "mode": image.mode, "pixels": _sha256(image)} for image in images],
    }
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def _sha256(image: Any) -> str:
    import hashlib

    return hashlib.sha256(image.tobytes()).hexdigest()
