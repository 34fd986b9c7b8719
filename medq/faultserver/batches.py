"""OpenAI's files and batches: a file of requests goes up, a batch works through it, a file of answers comes down.

Lines meet the same faults as calls do; one that has no HTTP status of its own (a reset, a hang) comes back as a 500.
A batch is worked through when it is first looked at after `batch_s` seconds.
"""

from __future__ import annotations

import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from medq.faultserver.batch_shelf import AnswerBody, BatchShelf


@dataclass
class BatchDesk:
    """Files and batches of one server, kept in memory."""

    answer: AnswerBody
    batch_s: float = 1.0
    _files: dict[str, bytes] = field(default_factory=dict)
    _shelf: BatchShelf = field(init=False)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self._shelf = BatchShelf(self._work)

    def add_routes(self, app: web.Application) -> None:
        """The six routes that the protocol needs."""
        app.router.add_post("/{any:.*}files", self._upload)
        app.router.add_get("/{any:.*}files/{id}/content", self._download)
        app.router.add_delete("/{any:.*}files/{id}", self._delete)
        app.router.add_post("/{any:.*}batches", self._create)
        app.router.add_get("/{any:.*}batches", self._list)
        app.router.add_get("/{any:.*}batches/{id}", self._show)

    def batches(self) -> list[str]:
        """Ids of all batches, oldest first."""
        return self._shelf.ids()

    def holds(self, text: bytes) -> bool:
        """Whether any file that is kept holds `text`."""
        return any(text in data for data in self._files.values())

    async def _upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        upload = form["file"]
        data = upload.file.read() if isinstance(upload, web.FileField) else str(upload).encode()
        name = self._keep(data)
        held = {"id": name, "object": "file", "bytes": len(data), "created_at": int(time.time()), "filename": "in"}
        return web.json_response({**held, "purpose": form.get("purpose", "batch"), "status": "processed"})

    async def _download(self, request: web.Request) -> web.Response:
        data = self._files.get(request.match_info["id"])
        return _not_found() if data is None else web.Response(body=data, content_type="application/octet-stream")

    async def _delete(self, request: web.Request) -> web.Response:
        name = request.match_info["id"]
        if self._files.pop(name, None) is None:
            return _not_found()
        return web.json_response({"id": name, "object": "file", "deleted": True})

    async def _create(self, request: web.Request) -> web.Response:
        asked = await request.json()
        if asked.get("input_file_id") not in self._files:
            return _not_found()
        shown = {
            "id": f"batch_{next(self._numbers)}",
            "object": "batch",
            "endpoint": asked["endpoint"],
            "input_file_id": asked["input_file_id"],
            "completion_window": asked["completion_window"],
            "status": "in_progress",
            "created_at": int(time.time()),
            "metadata": asked.get("metadata"),
            "output_file_id": None,
            "error_file_id": None,
        }
        return web.json_response(self._shelf.put(shown, batch_s=self.batch_s))

    async def _show(self, request: web.Request) -> web.Response:
        batch = self._shelf.show(request.match_info["id"])
        return _not_found() if batch is None else web.json_response(batch)

    async def _list(self, request: web.Request) -> web.Response:
        query = request.query
        page, more = self._shelf.page(after=query.get("after"), limit=int(query.get("limit", "20")))
        return web.json_response({"object": "list", "data": page, "has_more": more})

    def _work(self, shown: dict[str, Any]) -> None:
        good: list[bytes] = []
        bad: list[bytes] = []
        for line in self._files[shown["input_file_id"]].splitlines():
            asked = json.loads(line)
            _, status, body = self.answer(asked["body"])
            response = {"status_code": status, "request_id": f"req-{asked['custom_id']}", "body": body}
            said = {"id": "line", "custom_id": asked["custom_id"], "response": response, "error": None}
            (good if status == 200 else bad).append(json.dumps(said).encode())
        shown["output_file_id"] = self._keep(b"\n".join(good)) if good else None
        shown["error_file_id"] = self._keep(b"\n".join(bad)) if bad else None
        shown["status"] = "completed"

    def _keep(self, data: bytes) -> str:
        name = f"file-{next(self._numbers)}"
        self._files[name] = data
        return name


def _not_found() -> web.Response:
    return web.json_response({"error": {"message": "no such object", "code": "not_found"}}, status=404)
