"""A folder of images under a plan: processes, resuming, and a manifest a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from medq_tasks.degrading.discovery import find_images
from medq_tasks.degrading.former import former, key_of
from medq_tasks.degrading.job import Job, Record, modality_of, run_job
from medq_tasks.degrading.manifest import JOURNAL, in_order, journal_line, write_manifests
from medq_tasks.degrading.opened import open_frames
from medq_tasks.degrading.plan import Plan
from medq_tasks.errors import ImageError, InputError

Notify = Callable[[int, int], None]
CHUNK_JOBS = 8  # handed to a process at once: a job may last only 10 ms, and a busy parent is slow to hand out the next
CHUNKS_PER_PROCESS = 8  # at least, so that no process waits long for the last one
QUEUED_PER_PROCESS = 2  # chunks in the hands of the pool: enough to keep it busy, few to wait for after Ctrl-C


def degrade_folder(
    source: Path, target: Path, plan: Plan, *, processes: int = 1, notify: Notify = lambda done, total: None
) -> list[Record]:
    """The records of every result, sorted; files and manifests lie under `target`.

    What a former run with the same plan has finished is not computed again. `notify(done, total)` after each job. The
    bytes written depend neither on the order nor on the number of processes. Raises `InputError` for a plan or a
    folder that cannot be used, such as one with results of another configuration, before anything is written.
    """
    plan.check()
    if target.resolve() in {source.resolve(), *source.resolve().parents}:
        raise ImageError(f"{target}: expected a folder apart from the images, got one that holds them; choose another")
    jobs, records = _jobs(source, target, plan)
    left = former(jobs, target, plan)
    open_jobs = [job for job in jobs if key_of(job) not in left.finished]
    records += [record for job in jobs for record in left.finished.get(key_of(job), [])]
    _make(target)
    done = len(jobs) - len(open_jobs)
    notify(done, len(jobs))
    with (target / JOURNAL).open("a", encoding="utf-8") as journal:
        for new in _run(open_jobs, processes):
            records += new
            journal.write("\n" + "".join(journal_line(record, plan) for record in new))
            journal.flush()
            done += 1
            notify(done, len(jobs))
    write_manifests(target, plan, in_order([*records, *left.others]))
    (target / JOURNAL).unlink()
    return in_order(records)


def _make(target: Path) -> None:
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImageError(
            f"{target}: expected a folder to write to, got: {error.strerror}; choose another OUT"
        ) from error


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
    """The records of each job as it is finished. Raises `ImageError` where a worker process dies."""
    if processes <= 1 or len(jobs) <= 1:
        yield from map(run_job, jobs)
        return
    with ProcessPoolExecutor(min(processes, len(jobs)), mp_context=get_context("spawn")) as pool:
        try:
            yield from _through(pool, jobs, processes)
        except BrokenProcessPool as error:
            raise ImageError(
                "degrade: a worker process was killed (was memory short?); run the same command again to go on, "
                "with fewer --processes"
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _through(pool: ProcessPoolExecutor, jobs: list[Job], processes: int) -> Iterator[list[Record]]:
    """The results of a pool that never holds more than a few chunks of jobs."""
    size = max(1, min(CHUNK_JOBS, len(jobs) // (processes * CHUNKS_PER_PROCESS)))
    waiting = (jobs[first : first + size] for first in range(0, len(jobs), size))
    running = {pool.submit(_run_chunk, chunk) for chunk in islice(waiting, processes * QUEUED_PER_PROCESS)}
    while running:
        finished, running = wait(running, return_when=FIRST_COMPLETED)
        running |= {pool.submit(_run_chunk, chunk) for chunk in islice(waiting, len(finished))}
        for future in finished:
            yield from future.result()


def _run_chunk(jobs: list[Job]) -> list[list[Record]]:
    return [run_job(job) for job in jobs]
