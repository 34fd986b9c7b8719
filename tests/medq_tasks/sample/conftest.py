"""The sample set, made once for all of these tests: in this process, and by the command in another one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from medq_tasks.sample.variants import Variant, make_variants


@pytest.fixture(scope="session")
def variants() -> list[Variant]:
    return list(make_variants())


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "new"
    command = [sys.executable, "-m", "medq_tasks", "sample", "--out", str(folder)]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONHASHSEED": "3"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.split()) == sorted(str(path) for path in folder.glob("*.tsv"))
    return folder
