"""What a result was made with: versions, commit, machine."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import Any

from medq.machine import output, this_machine
from medq.paths import PROJECT

PACKAGES = (
    "medq", "hydra-core", "omegaconf", "pydantic", "numpy", "scipy", "pillow", "scikit-image", "PyWavelets", "finufft",
    "pydicom", "litellm", "openai", "torch", "transformers", "lmms-eval", "vllm", "wandb",
)  # fmt: skip


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
    head = output("git", "-C", str(PROJECT), "rev-parse", "HEAD")
    if not head:
        return None
    changed = output("git", "-C", str(PROJECT), "status", "--porcelain", "--untracked-files=no")
    return {"sha": head, "modified": bool(changed)}


def hardware() -> dict[str, Any]:
    """Processor, cores, memory in GiB and the visible NVIDIA GPUs, asked without loading torch."""
    machine = this_machine()
    return {
        "platform": platform.platform(),
        "machine": platform.machine(),
        "cores": machine.cores,
        "memory_gib": round(machine.memory_gib, 1),
        "gpus": [gpu.described() for gpu in machine.gpus],
    }
