from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from medq_tasks.__main__ import COMMANDS, main

HEADER = "index\timage_path\tquestion\tA\tB\tanswer\n"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "medq_tasks", *arguments], capture_output=True, text=True, check=False)


def test_help_lists_every_command_and_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom medq_tasks.__main__ import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'numpy', 'PIL', 'huggingface_hub', 'pydicom', 'rich', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert all(command in done.stdout for command, _, _ in COMMANDS)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("command", "module"), [(command, module) for command, module, _ in COMMANDS])
def test_every_command_has_help_of_its_own(command: str, module: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert callable(import_module(module).register)
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert f"medq_tasks {command}" in capsys.readouterr().out


def test_an_unknown_command_is_bad_usage() -> None:
    done = run("frobnicate")
    assert (done.returncode, "frobnicate" in done.stderr) == (2, True)


def test_validate_exits_with_2_and_lists_the_bad_rows(tmp_path: Path) -> None:
    path = tmp_path / "mine_QA_dev.tsv"
    path.write_text(HEADER + "q1\tgone[1].png\tQ?\tYes\tNo\tA\n")
    done = run("validate", str(path))
    assert done.returncode == 2
    assert "0 rows can be read, 1 bad row" in done.stdout
    assert "q1" in done.stdout
    assert done.stderr == ""


def test_validate_exits_with_0_for_a_good_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("qid\timage\tquestion\tA\tB\tanswer\nq1\t" + "A" * 80 + "\tQ?\tYes\tNo\tA\n")
    assert main(["validate", str(path), "--task", "perception", "--shallow", "--columns", "id=qid"]) == 0
    assert "1 rows can be read, 0 bad rows" in capsys.readouterr().out


def test_what_cannot_be_used_is_one_line_on_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(tmp_path / "gone.tsv")]) == 2
    assert main(["validate", str(tmp_path / "gone.tsv"), "--columns", "id"]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert "found none there" in first
    assert "expected FIELD=NAME" in second
