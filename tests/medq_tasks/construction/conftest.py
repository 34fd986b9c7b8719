"""One benchmark, built once by the command from the packaged DICOM series, for all of these tests."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SPEC = ROOT / "specs" / "pydicom-series.yaml"


def run_build(spec: Path, out: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "ignore", "-m", "medq_tasks", "build", str(spec), "--out", str(out)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("construction") / "built"
    done = run_build(SPEC, out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def build_command():
    return run_build


@pytest.fixture
def spec_file() -> Path:
    return SPEC
