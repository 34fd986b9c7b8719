"""What a result was made with: versions, commit, machine."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from importlib import metadata
from typing import Any

from medq.paths import PROJECT

PACKAGES = (
    "medq", "hydra-core", "omegaconf", "pydantic", "numpy", "scipy", "pillow", "scikit-image", "PyWavelets", "finufft",
    "pydicom", "litellm", "openai", "torch", "transformers", "lmms-eval", "vllm", "wandb",
)  # fmt: skip
COMMAND_TIMEOUT_S = 5


def versions() -> dict[str, str]:
    """The versions of Python and of the installed packages that can move a number."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def commit() -> dict[str, Any] | None:
    """The git commit of the checkout and whether files differ from it; None outside a checkout."""
    head = _output("git", "-C", str(PROJECT), "rev-parse", "HEAD")
    if not head:
        return None
    changed = _output("git", "-C", str(PROJECT), "status", "--porcelain", "--untracked-files=no")
    return {"sha": head, "modified": bool(changed)}


def hardware() -> dict[str, Any]:
    """Processor, cores, memory in GiB and the names of NVIDIA GPUs, asked without loading torch."""
    gpus = _output("nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader")
    return {
        "platform": platform.platform(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "gpus": [line.strip() for line in (gpus or "").splitlines()],
    }


def _output(*command: str) -> str | None:
    if shutil.which(command[0]) is None:
        return None
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=COMMAND_TIMEOUT_S, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
