"""`python -m medq_tasks sample`."""

import argparse
from pathlib import Path

import pytest

from medq_tasks.sample import build, cli


def test_without_a_folder_it_prints_the_six_files_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEDQ_CACHE", str(tmp_path))
    monkeypatch.setattr(build, "build_sample", lambda folder: None)
    parser = argparse.ArgumentParser()
    cli.register(parser.add_subparsers())
    arguments = parser.parse_args(["sample"])
    assert arguments.run(arguments) == 0
    paths = capsys.readouterr().out.split()
    assert len(paths) == 6
    assert all(path.startswith(str(tmp_path)) for path in paths)
