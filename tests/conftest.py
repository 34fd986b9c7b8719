"""What all tests share: no network beyond this machine, caches of their own, and said reasons for what is left out."""

import importlib.util
import os
import shutil
from pathlib import Path

import pytest
from PIL import ImageFile

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("WANDB_MODE", "offline")
# The sample set is built once for all tests and workers, and never into the user's own cache.
os.environ.setdefault("MEDQ_CACHE", str(Path(__file__).parent.parent / ".pytest_cache" / "medq"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    reasons = {}
    if importlib.util.find_spec("torch") is None or importlib.util.find_spec("lmms_eval") is None:
        reasons["local"] = "the extra `local` (torch, lmms-eval) is not installed; `make test` installs it"
    if shutil.which("chromium") is None:
        reasons["browser"] = "chromium is not installed"
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    for item in items:
        for mark, reason in reasons.items():
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(autouse=True)
def _pillow_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """lmms-eval tells Pillow, for the whole process, to take files that are cut off; no test inherits that."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
