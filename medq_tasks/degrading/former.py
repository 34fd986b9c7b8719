"""What earlier runs left in a folder: results that stand, and those of another configuration, which are not touched."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medq_tasks.degrading.job import Job, Record
from medq_tasks.degrading.manifest import JOURNAL, MANIFEST, fingerprint
from medq_tasks.degrading.plan import Plan
from medq_tasks.errors import ImageError

Key = tuple[str, str]  # the degradation's id and the source's name


@dataclass(frozen=True, slots=True)
class Former:
    """The records of earlier runs with the same plan: of jobs that need not be done again, by job, and of other files.

    `others` are results of sources that the present run does not have; they stay in the manifest as long as their files
    stay as they were written.
    """

    finished: Mapping[Key, Sequence[Record]]
    others: Sequence[Record]


def key_of(job: Job) -> Key:
    """What tells a job from the others of its plan."""
    return job.degradation, job.name or job.source.name


def former(jobs: Sequence[Job], target: Path, plan: Plan) -> Former:
    """What earlier runs left below `target` for these jobs.

    Raises `ImageError` where a folder that the jobs write to holds results of another configuration, or a manifest that
    cannot be read.
    """
    folders = {strength.folder for strength in plan.strengths}
    written = {f"{job.degradation}/{folder}" for job in jobs for folder in folders}
    found: dict[Key, dict[tuple[str, int], Record]] = defaultdict(dict)
    for plan_of_entry, record in _entries(target):
        if record.folder not in written:
            continue
        _check_same(target / record.folder, plan_of_entry, fingerprint(plan))
        if record.state != "failed" and _as_written(target, record):
            found[record.folder.split("/", 1)[0], record.source][record.folder, record.frame] = record
    wanted = {key_of(job) for job in jobs}
    finished = {
        key_of(job): list(records.values())
        for job in jobs
        if (records := found.get(key_of(job), {}))
        and {folder.split("/", 1)[1] for folder, _ in records} == folders
        and {record.source_sha256 for record in records.values()} == {sha256(job.path)}
    }
    others = [record for key, records in found.items() if key not in wanted for record in records.values()]
    return Former(finished, others)


def sha256(path: Path) -> str:
    """The hash of a file, empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _check_same(folder: Path, found: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    differing = [name for name in wanted if found.get(name) != wanted[name]]
    if differing:
        name = differing[0]
        raise ImageError(
            f"{folder}: holds results of another configuration: expected {name} {wanted[name]!r}, got "
            f"{found.get(name)!r}; choose another OUT, or delete that folder first"
        )


def _entries(target: Path) -> Iterator[tuple[Mapping[str, Any], Record]]:
    for manifest in sorted(target.glob(f"*/*/{MANIFEST}")):
        try:
            content = json.loads(manifest.read_text(encoding="utf-8"))
            entries = [(content["plan"], Record(**entry)) for entry in content["images"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ImageError(
                f"{manifest}: expected a manifest of `degrade`, got one that cannot be read ({error}); "
                "choose another OUT, or delete it first"
            ) from error
        yield from entries
    journal = target / JOURNAL
    if journal.is_file():
        yield from _whole_lines(journal.read_text(encoding="utf-8"))


def _whole_lines(text: str) -> Iterator[tuple[Mapping[str, Any], Record]]:
    """The entries of a journal without the lines that a killed run left unfinished."""
    for line in text.splitlines():
        try:
            entry = json.loads(line)
            yield entry.pop("plan"), Record(**entry)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue


def _as_written(target: Path, record: Record) -> bool:
    return record.output is None or sha256(target / record.folder / record.output) == record.output_sha256
