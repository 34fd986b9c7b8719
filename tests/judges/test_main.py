"""The command line, run as users run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from judges.__main__ import hydra_value, main


def run_with_ratings(folder: Path) -> Path:
    rows = [{"id": name, "judge": {"completeness": {"score": score}}} for name, score in (("a", 2), ("b", 0), ("c", 1))]
    (folder / "samples.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    human = folder / "ratings.csv"
    human.write_text(
        "id,axis,rater,score\na,completeness,x,2\nb,completeness,x,0\nc,completeness,x,2\n", encoding="utf-8"
    )
    return human


def test_align_prints_the_report_and_writes_it_as_json(tmp_path: Path) -> None:
    human = run_with_ratings(tmp_path)
    command = [
        sys.executable,
        "-m",
        "judges",
        "align",
        str(tmp_path),
        "--human",
        str(human),
        "--json",
        str(tmp_path / "r"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "completeness" in done.stdout
    assert "66.7 %" in done.stdout
    (axis,) = json.loads((tmp_path / "r").read_text(encoding="utf-8"))
    assert (axis["n"], axis["published"]["kappa"]) == (3, 0.774)


def test_bad_input_is_one_line_and_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["align", str(tmp_path), "--human", "nowhere.csv"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: ") and error.count("\n") == 1


def test_judging_a_run_that_does_not_exist_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", str(tmp_path / "none")]) == 2
    assert "expected the folder of a finished run" in capsys.readouterr().err


def test_judge_hands_the_run_and_the_overrides_over_and_returns_the_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    def fake(command: list[str], *, check: bool) -> subprocess.CompletedProcess[str]:
        started.append(command)
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(subprocess, "run", fake)
    assert main(["judge", str(tmp_path), "judge=gpt4o", "judge.rounds=3", "~logger"]) == 3
    assert started == [
        [
            sys.executable,
            "-m",
            "medq",
            "mode=judge",
            f"run.dir={hydra_value(str(tmp_path))}",
            "judge=gpt4o",
            "judge.rounds=3",
            "~logger",
        ]
    ]


@pytest.mark.parametrize(
    "path",
    ["runs/2026-01-01/120000-reasoning-gpt5", "a b", "it's", "a,b=c", "back\\slash", "end\\", "\\'", "[x]", "{y}", "ü"],
)
def test_every_path_survives_hydra_s_grammar(path: str) -> None:
    from hydra.core.override_parser.overrides_parser import OverridesParser

    (override,) = OverridesParser.create().parse_overrides([f"run.dir={hydra_value(path)}"])
    assert override.value() == path


def test_align_refuses_arguments_that_it_does_not_know(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["align", str(tmp_path), "--human", str(run_with_ratings(tmp_path)), "judge=x"]) == 2
    assert "judge=x" in capsys.readouterr().err
