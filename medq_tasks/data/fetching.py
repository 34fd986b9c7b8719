"""Official files in the cache: fetched once at one commit, verified ever after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from medq_tasks.data.datasets import Dataset, dataset_named
from medq_tasks.data.download import Progress, download
from medq_tasks.data.exclusive import exclusive
from medq_tasks.data.hub import HubFile, list_files
from medq_tasks.data.lock import Lock, LockedFile, hash_file, read_lock, write_lock
from medq_tasks.environment import cache_dir
from medq_tasks.errors import DataError, FetchError

EVERYTHING = ("*",)
HELD = ".fetching"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch did. `downloaded` files came over the network, `verified` ones were there and intact.

    `changed` are files that `update` replaced by other contents.
    """

    folder: Path
    lock: Lock
    downloaded: tuple[str, ...]
    verified: tuple[str, ...]
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """Who is told what happens: a line, and the bytes of a file."""

    report: Callable[[str], None]
    progress: Progress


def fetch(
    *,
    dataset: str = "medq-bench",
    revision: str | None = None,
    cache: Path | None = None,
    update: bool = False,
    include: Sequence[str] | None = None,
    report: Callable[[str], None] = lambda line: None,
    progress: Progress = lambda name, done, size: None,
) -> Fetched:
    """The files of a data set in `cache / dataset`, each with the hash that the hub declares.

    The first fetch resolves `revision` to a commit and records it with the SHA-256 of every file. Later ones verify
    the files, download missing or damaged ones at that commit, and need no network where all are intact. `update`
    resolves again and accepts what has changed. `include` are patterns of names. Raises `DataError` for another
    revision than the recorded one, `FetchError` for a failed download and for contents that are not the recorded ones.

    One process at a time works in a folder: a second waits, and then finds what the first has fetched.
    """
    chosen, session = dataset_named(dataset), Session(report, progress)
    folder = (cache or cache_dir()) / chosen.name
    try:
        with exclusive(folder / HELD, waits=lambda: report(f"{folder}: waiting for another fetch to end")):
            return _fetched(chosen, revision, folder, session, update=update, include=tuple(include or ()))
    except PermissionError as error:
        raise DataError(
            f"{folder}: expected a folder that can be written, got {error.strerror}; set --cache"
        ) from error


def _fetched(
    chosen: Dataset, revision: str | None, folder: Path, session: Session, *, update: bool, include: tuple[str, ...]
) -> Fetched:
    lock = None if update else read_lock(folder)
    if lock is None:
        return _first(chosen, revision or chosen.revision, folder, include or EVERYTHING, session)
    if revision and revision not in {lock.asked, lock.revision}:
        wanted = f"the cache holds {chosen.name} at {lock.revision}, asked was {revision!r}"
        raise DataError(f"{folder}: {wanted}; add --update to replace it, or choose another --cache")
    if include and not set(include) <= {*lock.include, *lock.files} and lock.include != EVERYTHING:
        lock = _extended(chosen, lock, include)
    return _restored(chosen, lock, folder, session)


def _first(dataset: Dataset, revision: str, folder: Path, include: tuple[str, ...], session: Session) -> Fetched:
    before = read_lock(folder)
    listing = list_files(dataset.repo, revision)
    wanted = _matching(listing.files, include, dataset)
    session.report(f"{dataset.repo} at {listing.commit}: {len(wanted)} files")
    files = {file.name: _download(dataset, listing.commit, file, folder, session) for file in wanted}
    lock = Lock(dataset.repo, listing.commit, revision, include, files)
    write_lock(folder, lock)
    old = before.files if before else {}
    changed = tuple(name for name, file in files.items() if name in old and old[name] != file)
    return Fetched(folder, lock, tuple(files), (), changed)


def _extended(dataset: Dataset, lock: Lock, include: tuple[str, ...]) -> Lock:
    """The lock with further files of its own commit, whose hashes are not known yet."""
    listing = list_files(dataset.repo, lock.revision)
    more = {file.name: LockedFile("", file.size or 0) for file in _matching(listing.files, include, dataset)}
    return replace(lock, include=(*lock.include, *include), files={**more, **lock.files})


def _restored(dataset: Dataset, lock: Lock, folder: Path, session: Session) -> Fetched:
    files, downloaded, verified = dict(lock.files), list[str](), list[str]()
    declared: dict[str, HubFile] = {}
    for name, known in lock.files.items():
        path = folder / name
        if path.is_file() and hash_file(path) == known:
            verified.append(name)
            continue
        if not declared:
            declared = {file.name: file for file in list_files(dataset.repo, lock.revision).files}
        if name not in declared:
            raise FetchError(f"{dataset.repo}: {name} is gone from {lock.revision}; restore the file, or add --update")
        session.report(f"{name}: {'changed on this machine' if path.is_file() else 'missing'}, downloading again")
        files[name] = _download(dataset, lock.revision, declared[name], folder, session, known=known)
        downloaded.append(name)
    fresh = replace(lock, files=files)
    write_lock(folder, fresh)
    return Fetched(folder, fresh, tuple(downloaded), tuple(verified))


def _download(
    dataset: Dataset,
    commit: str,
    file: HubFile,
    folder: Path,
    session: Session,
    *,
    known: LockedFile | None = None,
) -> LockedFile:
    """A file as downloaded. Raises `FetchError` where it is not what the hub declares, or not what is recorded."""
    path = folder / file.name
    if not path.is_file() or file.mismatch(path):
        session.report(f"{file.name} ({(file.size or 0) / 1e6:.1f} MB)")
        path = download(dataset.repo, commit, file, folder, progress=session.progress)
    if reason := file.mismatch(path):
        path.unlink()
        raise FetchError(f"{dataset.repo}: {file.name} arrived with {reason}; it was deleted, run the command again")
    found = hash_file(path)
    if known and known.sha256 and found != known:
        path.unlink()
        was = f"{file.name} has changed at the same commit {commit}"
        raise FetchError(f"{dataset.repo}: {was}; it was refused, add --update to accept the new contents")
    return found


def _matching(files: Sequence[HubFile], include: tuple[str, ...], dataset: Dataset) -> list[HubFile]:
    wanted = [file for file in files if any(fnmatchcase(file.name, pattern) for pattern in include)]
    if wanted:
        return wanted
    held = ", ".join(file.name for file in files[:10]) or "none"
    raise DataError(f"{dataset.repo}: expected files named {' or '.join(include)}, the data set holds: {held}")
