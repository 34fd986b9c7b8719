"""What a revision of a data set holds, asked of the hub, and the hub's failures as one line each."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from medq_tasks.environment import hub_endpoint, hub_offline
from medq_tasks.errors import DataError, FetchError

TIMEOUT_S = 15.0
AGAIN = "check the network and run the same command again, it goes on where it stopped"


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file that a commit holds, with the hash that the hub declares: SHA-256 for a large file, git's for others."""

    name: str
    size: int | None
    sha256: str | None
    git_sha1: str | None

    def mismatch(self, path: Path) -> str | None:
        """Why the file at `path` is not this one; None where it is."""
        size = path.stat().st_size
        if self.size is not None and size != self.size:
            return f"{size} bytes instead of {self.size}"
        with path.open("rb") as file:
            if self.sha256:
                found, declared = hashlib.file_digest(file, "sha256").hexdigest(), self.sha256
            elif self.git_sha1:
                blob = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
                while piece := file.read(1 << 20):
                    blob.update(piece)
                found, declared = blob.hexdigest(), self.git_sha1
            else:
                return None
        return None if found == declared else f"the hash {found[:12]}… instead of {declared[:12]}…"


@dataclass(frozen=True, slots=True)
class Listing:
    """The commit that a revision stands for, and its files."""

    commit: str
    files: tuple[HubFile, ...]


def list_files(repo: str, revision: str) -> Listing:
    """What a data set holds at a revision. Raises `DataError` where it does not exist, `FetchError` without network."""
    from huggingface_hub import HfApi

    with told(repo, revision):
        info = HfApi(endpoint=hub_endpoint()).dataset_info(
            repo, revision=revision, files_metadata=True, timeout=TIMEOUT_S
        )
    if not info.sha:
        raise FetchError(f"{hub_endpoint()}: expected the commit of {repo} at {revision}, got none; {AGAIN}")
    files = []
    for entry in info.siblings or ():
        if PurePosixPath(entry.rfilename).is_absolute() or ".." in PurePosixPath(entry.rfilename).parts:
            raise DataError(f"{repo}: expected names inside the data set, got {entry.rfilename!r}; nothing was fetched")
        sha256 = entry.lfs.sha256 if entry.lfs else None
        files.append(HubFile(entry.rfilename, entry.size, sha256, None if entry.lfs else entry.blob_id))
    return Listing(info.sha, tuple(files))


@contextmanager
def told(repo: str, revision: str) -> Iterator[None]:
    """Failures of the hub as one line each."""
    import httpx
    from huggingface_hub import errors

    if hub_offline():
        raise FetchError("HF_HUB_OFFLINE is set: expected a network for a download; unset it, or use data=sample")
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
    try:
        yield
    except errors.GatedRepoError as error:
        raise DataError(
            f"{repo}: access must be asked for on its page on {hub_endpoint()}; then set HF_TOKEN"
        ) from error
    except errors.RevisionNotFoundError as error:
        raise DataError(f"{repo}: expected the revision {revision!r}, the hub has none of that name") from error
    except errors.RepositoryNotFoundError as error:
        raise DataError(
            f"{repo}: not found on {hub_endpoint()}, or private; set HF_TOKEN if you have access"
        ) from error
    except errors.HFValidationError as error:
        raise DataError(f"{repo}: {error}") from error
    except (httpx.HTTPError, errors.HfHubHTTPError, errors.XetDownloadError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:160] or type(error).__name__
        raise FetchError(f"{hub_endpoint()}: {repo} could not be downloaded ({reason}); {AGAIN}") from error
