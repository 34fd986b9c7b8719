"""A planted key is in no file, no line and no W&B record of a run, whatever the server makes of it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from medq.faultserver import serve

KEY = "sk-planted-4f9d2c81e07ab35596"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def places_with_the_key(folder: Path) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path for path in files if KEY.encode() in path.read_bytes()]


@pytest.mark.parametrize("faults", ["", "500=0.4,rate429=0.1", "echo401=1"])
def test_a_planted_key_reaches_no_output(
    tmp_path: Path, items_file: Callable[[int], Path], medq: Run, faults: str
) -> None:
    with serve(faults, seed=2, retry_after_s=0.01) as server:
        done = medq(
            "+task=perception", "model=openai_compatible", "model.id=openai/tested", f"model.api_base={server.url}",
            "model.backoff_s=0.01", "data=local", f"data.path={items_file(12)}", "logger=wandb",
            f"+model.extra.user={KEY}" if not faults else "model.retries=3", f"run.dir={tmp_path / 'run'}",
            environment={"OPENAI_API_KEY": KEY},
        )  # fmt: skip
        sent = str(server.server.last_body)
    assert done.returncode == (2 if faults == "echo401=1" else 0), done.stderr
    assert KEY not in done.stdout + done.stderr
    assert not places_with_the_key(tmp_path / "run")
    if not faults:
        assert KEY in sent  # what the user configures goes out; only the record of it is masked
