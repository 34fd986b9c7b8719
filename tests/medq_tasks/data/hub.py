"""A real HTTP server that speaks the hub's addresses: listing, HEAD and ranged GET."""

from __future__ import annotations

import hashlib
import json
import socket
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

REPO = "jiyaoliufd/MedQ-Bench"
FIRST, SECOND = "a" * 40, "b" * 40
BIG = bytes(range(256)) * 4000


class Hub(ThreadingHTTPServer):
    """What the hub holds, what is asked of it, and how it misbehaves."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.commits: dict[str, dict[str, bytes]] = {FIRST: {"medqbench_QA_dev.tsv": BIG, "README.md": b"# MedQ"}}
        self.main = FIRST
        self.asked: list[str] = []
        self.cut_after: int | None = None  # bytes of a body after which the connection breaks,
        self.cut_next: int | None = None  # and the same for the answers after that one
        self.status = 200
        self.lie: bytes | None = None
        self.ranges = True
        self.failures: list[int] = []
        self.latency_s = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Hub

    def log_message(self, *arguments: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.server.asked.append(f"{self.command} {path} {self.headers.get('Range', '')}".strip())
        time.sleep(self.server.latency_s)
        if self.server.status != 200:
            codes = {404: "RepoNotFound", 403: "GatedRepo"}
            self.answer(self.server.status, b"", {"X-Error-Code": codes.get(self.server.status, "")})
        elif path.startswith(f"/api/datasets/{REPO}/revision/"):
            self.listing(path.rsplit("/", 1)[1])
        else:
            self.file(*path.removeprefix(f"/datasets/{REPO}/resolve/").split("/", 1))

    def listing(self, revision: str) -> None:
        commit = self.server.main if revision == "main" else revision
        if commit not in self.server.commits:
            self.answer(404, b"", {"X-Error-Code": "RevisionNotFound"})
            return
        siblings = []
        for name, data in self.server.commits[commit].items():
            entry = {"rfilename": name, "size": len(data), "blobId": git_sha1(data)}
            if name.endswith(".tsv"):
                entry["lfs"] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 130}
            siblings.append(entry)
        body = json.dumps({"id": REPO, "sha": commit, "siblings": siblings, "private": False}).encode()
        self.answer(200, body, {"Content-Type": "application/json"})

    def file(self, commit: str, name: str) -> None:
        if self.server.failures:
            self.answer(self.server.failures.pop(), b"", {})
            return
        data = self.server.commits[commit][name]
        headers = {"ETag": f'"{hashlib.sha256(data).hexdigest()}"', "X-Repo-Commit": commit, "Accept-Ranges": "bytes"}
        if self.server.lie is not None and name.endswith(".tsv"):
            data = self.server.lie
        if (given := self.headers.get("Range")) and self.server.ranges:
            start = int(given.removeprefix("bytes=").split("-")[0])
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
            self.answer(206, data[start:], headers)
        else:
            self.answer(200, data, headers)

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(key, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        if self.server.cut_after is not None and len(body) > self.server.cut_after:
            self.wfile.write(body[: self.server.cut_after])
            self.wfile.flush()
            self.server.cut_after = self.server.cut_next
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.wfile.write(body)


def git_sha1(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
