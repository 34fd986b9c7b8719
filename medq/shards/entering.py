"""What a process does before it asks for a shard: takes its GPUs and its folder, and makes sure of the run."""

from __future__ import annotations

import os
import socket

from medq.errors import ConfigError
from medq.records import MANIFEST, read_manifest
from medq.run.directory import fingerprint
from medq.shards.job import ShardJob


def enter(job: ShardJob) -> None:
    """Sets CUDA_VISIBLE_DEVICES and the working directory. Raises `ConfigError` where there is no such folder here."""
    if job.gpus:
        os.environ["CUDA_VISIBLE_DEVICES"] = ",".join(job.gpus)
    try:
        os.chdir(job.folder)
    except OSError as error:
        raise ConfigError(
            f"{socket.gethostname()} does not see {job.folder}, where the run was started ({error.strerror}); shards "
            "need a file system that all nodes share"
        ) from error


def check_directory(job: ShardJob) -> None:
    """Raises `ConfigError` unless the run's directory is seen from here, of the same configuration and session."""
    host = socket.gethostname()
    if not (job.run_dir / MANIFEST).is_file():
        raise ConfigError(
            f"{host} does not see the run {job.run_dir}; shards need a file system that all nodes share: "
            "set run.root, and data.path, to a folder on one"
        )
    manifest = read_manifest(job.run_dir)
    if manifest.get("fingerprint") != fingerprint(job.config):
        raise ConfigError(f"{host}: {job.run_dir} holds a run of another configuration; shards need a shared folder")
    if len(manifest.get("sessions", ())) != job.session:
        raise ConfigError(f"shard {job.shard.name} of {job.run_dir} is left over: the run has been started again since")
