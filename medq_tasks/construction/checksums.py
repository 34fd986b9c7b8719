"""SHA256SUMS of a built folder, in the form that `sha256sum --check` reads."""

from __future__ import annotations

import hashlib
from pathlib import Path

from medq_tasks.degrading.job import write_whole

NAME = "SHA256SUMS"


def write_checksums(out: Path) -> None:
    """A line a file, sorted by name; hidden files and the list itself are left out."""
    files = sorted(
        path.relative_to(out).as_posix()
        for path in out.rglob("*")
        if path.is_file()
        and path.name != NAME
        and not any(part.startswith(".") for part in path.relative_to(out).parts)
    )
    lines = [f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}\n" for name in files]
    write_whole(out / NAME, "".join(lines).encode())
