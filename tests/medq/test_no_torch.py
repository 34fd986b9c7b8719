"""Commands that need no open weights import nothing of the extra `local`."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("torch", "transformers", "lmms_eval", "accelerate", "datasets")
CODE = (
    "import sys; from medq.__main__ import main; code = main(sys.argv[1:]); "
    f"loaded = set({HEAVY!r}) & set(sys.modules); print(loaded); assert code == 0 and not loaded"
)


def python(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CODE, *arguments], capture_output=True, text=True, timeout=120, check=False, cwd=cwd
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("+task=perception", "model=iqa", "run.limit=2"),
        ("+task=perception", "model=qwen72b", "hardware=cpu", "hardware.gpu_memory_gib=200", "mode=plan"),
    ],
    ids=["help", "iqa", "plan"],
)
def test_torch_is_not_imported(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = python(*arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
