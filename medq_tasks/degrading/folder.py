"""A folder of images under a plan: processes, resuming, and a manifest a folder."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from medq_tasks.degradations.metadata import ENGINE_VERSION, package_versions
from medq_tasks.degrading.discovery import find_images
from medq_tasks.degrading.job import Job, Record, modality_of, run_job, write_whole
from medq_tasks.degrading.opened import open_frames
from medq_tasks.degrading.plan import Plan
from medq_tasks.errors import ImageError, InputError

MANIFEST = "manifest.json"
JOURNAL = ".journal.jsonl"
Notify = Callable[[int, int], None]


def degrade_folder(
    source: Path, target: Path, plan: Plan, *, processes: int = 1, notify: Notify = lambda done, total: None
) -> list[Record]:
    """The records of every result, sorted; files and manifests lie under `target`.

    What a former run with the same plan has finished is not computed again. `notify(done, total)` after each job. The
    bytes written depend neither on the order nor on the number of processes. Raises `InputError` for a plan or a
    folder that cannot be used.
    """
    plan.check()
    if target.resolve() in {source.resolve(), *source.resolve().parents}:
        raise ImageError(f"{target}: expected a folder apart from the images, got one that holds them; choose another")
    jobs, records = _jobs(source, target, plan)
    known = _finished(jobs, target, plan)
    open_jobs = [job for job in jobs if _key(job) not in known]
    records += [record for job in jobs for record in known.get(_key(job), [])]
    target.mkdir(parents=True, exist_ok=True)
    done = len(jobs) - len(open_jobs)
    notify(done, len(jobs))
    with (target / JOURNAL).open("a", encoding="utf-8") as journal:
        for new in _run(open_jobs, processes):
            records += new
            journal.write("\n" + "".join(_line(record, plan) for record in new))
            journal.flush()
            done += 1
            notify(done, len(jobs))
    ordered = sorted(records, key=lambda record: (record.folder, record.source, record.frame))
    _write_manifests(target, plan, ordered)
    (target / JOURNAL).unlink()
    return ordered


def _jobs(source: Path, target: Path, plan: Plan) -> tuple[list[Job], list[Record]]:
    """A job for each file and degradation, and the records of files of which not even the modality can be read."""
    jobs: list[Job] = []
    failed: list[Record] = []
    for path in find_images(source):
        if path.resolve().is_relative_to(target.resolve()):
            continue
        name = "" if path == source else path.relative_to(source).as_posix()
        try:
            modality = plan.modality or modality_of(open_frames(path)[0], plan)
            jobs += [Job(source, name, spec.id, target, plan) for spec in plan.specs(modality)]
        except InputError as error:
            failed.append(Record("", name or path.name, "failed", error=str(error)))
    return jobs, failed


def _run(jobs: list[Job], processes: int) -> Iterator[list[Record]]:
    if processes <= 1 or len(jobs) <= 1:
        yield from map(run_job, jobs)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        try:
            for future in as_completed([pool.submit(run_job, job) for job in jobs]):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _key(job: Job) -> tuple[str, str]:
    return job.degradation, job.name or job.source.name


def _finished(jobs: list[Job], target: Path, plan: Plan) -> dict[tuple[str, str], list[Record]]:
    """Records of former runs by job, of unchanged sources, where every file of them is there as it was written."""
    found: dict[tuple[str, str], dict[tuple[str, int], Record]] = defaultdict(dict)
    folders = {strength.folder for strength in plan.strengths}
    fingerprint = _fingerprint(plan)
    for entry in _former(target):
        if entry.pop("plan") != fingerprint:
            continue
        record = Record(**entry)
        degradation, folder = record.folder.split("/", 1)
        if folder in folders and record.state != "failed" and _as_written(target, record):
            found[degradation, record.source][record.folder, record.frame] = record
    return {
        _key(job): list(records.values())
        for job in jobs
        if (records := found.get(_key(job), {}))
        and {folder.split("/", 1)[1] for folder, _ in records} == folders
        and {record.source_sha256 for record in records.values()} == {_sha256(job.path)}
    }


def _former(target: Path) -> Iterable[dict[str, Any]]:
    for manifest in sorted(target.glob(f"*/*/{MANIFEST}")):
        content = json.loads(manifest.read_text(encoding="utf-8"))
        yield from ({**entry, "plan": content["plan"]} for entry in content["images"])
    journal = target / JOURNAL
    if journal.is_file():
        yield from _whole_lines(journal.read_text(encoding="utf-8"))


def _whole_lines(text: str) -> Iterator[dict[str, Any]]:
    """The entries of a journal without the lines that a killed run left unfinished."""
    for line in text.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _as_written(target: Path, record: Record) -> bool:
    if record.output is None:
        return True
    path = target / record.folder / record.output
    return path.is_file() and _sha256(path) == record.output_sha256


def _fingerprint(plan: Plan) -> dict[str, Any]:
    """What decides the pixels of a result besides the image, the degradation and the severity."""
    return {
        "seed": plan.seed,
        "modality": plan.modality,
        "params": dict(plan.params),
        "window": list(plan.window) if plan.window else None,
        "frame": plan.frame,
        "engine_version": ENGINE_VERSION,
        "versions": dict(package_versions()),
    }


def _line(record: Record, plan: Plan) -> str:
    return json.dumps({**asdict(record), "plan": _fingerprint(plan)}) + "\n"


def _write_manifests(target: Path, plan: Plan, records: list[Record]) -> None:
    folders: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.folder:
            folders[record.folder].append(record)
    for folder, entries in folders.items():
        content = {
            "degradation": folder.split("/")[0],
            "severity": folder.split("/")[1],
            "plan": _fingerprint(plan),
            "images": [asdict(record) for record in entries],
        }
        write_whole(target / folder / MANIFEST, (json.dumps(content, indent=1) + "\n").encode())
