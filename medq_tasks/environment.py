"""The one place where `medq_tasks` reads the process environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HUB = "https://huggingface.co"


def cache_dir() -> Path:
    """Where downloads and generated files are kept: `MEDQ_CACHE`, otherwise `medq` in the platform's cache folder.

    The folder is not created here.
    """
    chosen = os.environ.get("MEDQ_CACHE", "").strip()
    return Path(chosen).expanduser().absolute() if chosen else _platform_cache() / "medq"


def hub_endpoint() -> str:
    """The address of the dataset hub without a trailing slash: `HF_ENDPOINT`, otherwise the public one."""
    return (os.environ.get("HF_ENDPOINT", "").strip() or HUB).rstrip("/")


def hub_offline() -> bool:
    """Whether the user has forbidden downloads with `HF_HUB_OFFLINE`."""
    return os.environ.get("HF_HUB_OFFLINE", "").strip().lower() in {"1", "on", "yes", "true"}


def chosen_data() -> Path | None:
    """The file or folder of items that `MEDQ_DATA` names for lmms-eval's tasks; None takes the sample set."""
    chosen = os.environ.get("MEDQ_DATA", "").strip()
    return Path(chosen).expanduser().absolute() if chosen else None


def chosen_judge() -> str:
    """The judge that `MEDQ_JUDGE` names for free text inside lmms-eval; empty where answers are not judged there."""
    return os.environ.get("MEDQ_JUDGE", "").strip()


def judge_journal() -> Path:
    """The file of the verdicts bought inside lmms-eval: `MEDQ_JUDGE_JOURNAL`, else `judge.sqlite` in the cache."""
    chosen = os.environ.get("MEDQ_JUDGE_JOURNAL", "").strip()
    return Path(chosen).expanduser().absolute() if chosen else cache_dir() / "judge.sqlite"


def use_packaged_prices() -> None:
    """Keeps litellm from fetching its price list when it is imported, unless the user has chosen otherwise."""
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")


def _platform_cache() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    local = os.environ.get("LOCALAPPDATA", "") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME", "")
    return Path(local) if local else Path.home() / ".cache"
