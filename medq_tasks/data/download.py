"""One file of a data set over HTTP, going on where an earlier try stopped, also one of an earlier process.

The hub's own client starts a file again from zero in every process, which for files of many GB means never ending.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from medq_tasks.data.hub import HubFile, told
from medq_tasks.environment import hub_endpoint

TIMEOUT_S = 30.0
TRIES_WITHOUT_PROGRESS = 5
PAUSE_MAX_S = 30.0
_PASSING = frozenset({408, 429, 500, 502, 503, 504})

Progress = Callable[[str, int, int | None], None]


def download(repo: str, commit: str, file: HubFile, folder: Path, *, progress: Progress) -> Path:
    """The file in `folder`, unverified. Until it is whole it lies beside its place, named by its hash.

    `progress` gets the name, the bytes that are there and the bytes in all. Raises `DataError` where the hub has no
    such file, `FetchError` when `TRIES_WITHOUT_PROGRESS` in a row brought nothing.
    """
    target = folder / file.name
    part = target.with_name(f"{target.name}.{(file.sha256 or file.git_sha1 or commit)[:12]}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    with told(repo, commit):
        address = f"{hub_endpoint()}/datasets/{repo}/resolve/{commit}/{quote(file.name)}"
        _stream_with_patience(address, part, lambda done: progress(file.name, done, file.size))
    part.replace(target)
    return target


def _stream_with_patience(address: str, part: Path, progress: Callable[[int], None]) -> None:
    import httpx
    from huggingface_hub.errors import HfHubHTTPError

    failures = 0
    while True:
        before = _size(part)
        try:
            _stream(address, part, progress)
        except (httpx.TransportError, HfHubHTTPError) as error:
            if isinstance(error, HfHubHTTPError) and error.response.status_code not in _PASSING:
                raise
            failures = 0 if _size(part) > before else failures + 1
            if failures >= TRIES_WITHOUT_PROGRESS:
                raise
            time.sleep(min(2.0**failures, PAUSE_MAX_S))
        else:
            return


def _stream(address: str, part: Path, progress: Callable[[int], None]) -> None:
    """Append what is missing to `part`; a server that knows no ranges begins again."""
    import httpx
    from huggingface_hub.utils import build_hf_headers, hf_raise_for_status  # type: ignore[attr-defined]

    done = _size(part)
    headers = build_hf_headers(headers={"Accept-Encoding": "identity"} | ({"Range": f"bytes={done}-"} if done else {}))
    with httpx.stream("GET", address, headers=headers, follow_redirects=True, timeout=TIMEOUT_S) as response:
        if done and response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            return  # nothing is missing; the caller's hash decides
        hf_raise_for_status(response)
        going_on = response.status_code == httpx.codes.PARTIAL_CONTENT
        done = done if going_on else 0
        with part.open("ab" if going_on else "wb") as out:
            for piece in response.iter_raw():  # in pieces as they come: what arrived before a break is kept
                out.write(piece)
                done += len(piece)
                progress(done)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
