"""The report as a file: whole, escaped, and the same for the same run."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.cli import main
from analysis.report import write_report
from analysis.run import load_run
from medq.records import REPORT
from tests.analysis.fake_run import image_record, sample, write_run


def page_of(folder: Path) -> str:
    return write_report([load_run(folder)]).read_text(encoding="utf-8")


def test_an_incomplete_run_and_a_lossy_image_are_called_so(tmp_path: Path) -> None:
    lossy = image_record(b"x", sent_sha256="ef" * 32, sent_format="JPEG", lossless=False)
    rows = [sample(0, images=[lossy]), sample(1)]
    text = page_of(write_run(tmp_path, rows, complete=False))
    assert "This run is not complete" in text
    assert "bit-identical 1/2" in text and "1 sent with loss" in text


def test_the_sample_set_is_never_presented_as_the_benchmark(tmp_path: Path) -> None:
    note = "These are not MedQ-Bench results"
    assert note in page_of(write_run(tmp_path / "sample", [sample(0)]))
    assert note not in page_of(write_run(tmp_path / "own", [sample(0)], manifest={"dataset": {"name": "local"}}))


def test_the_manifest_is_escaped_and_whole(tmp_path: Path) -> None:
    text = page_of(write_run(tmp_path, [sample(0)], manifest={"note": "<b>bold</b>"}))
    assert "<b>bold</b>" not in text
    assert "&lt;b&gt;bold&lt;/b&gt;" in text


def test_the_page_names_no_address_to_fetch_from(tmp_path: Path) -> None:
    text = page_of(write_run(tmp_path, [sample(0)]))
    assert "http://" not in text and "https://" not in text
    assert "default-src 'none'" in text


def test_the_same_run_gives_the_same_page(tmp_path: Path) -> None:
    folder = write_run(tmp_path, [sample(number) for number in range(5)])
    assert page_of(folder) == page_of(folder)


def test_the_command_writes_the_report_into_the_first_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = write_run(tmp_path / "a", [sample(0)])
    second = write_run(tmp_path / "b", [sample(0, seed=1)])
    assert main(["report", str(first), str(second)]) == 0
    assert capsys.readouterr().out.strip() == str(first / REPORT)
    assert (first / REPORT).is_file() and not (second / REPORT).exists()


def test_a_folder_without_a_run_is_one_line_and_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(tmp_path)]) == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1 and "results.json" in message and str(tmp_path) in message


def test_a_damaged_row_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_run(tmp_path, [sample(0)])
    (folder / "samples.jsonl").write_text('{"id": "q1"}\n')
    assert main(["report", str(folder)]) == 2
    assert "Sample: task: Field required" in capsys.readouterr().err


def test_a_run_without_any_row_still_has_a_page(tmp_path: Path) -> None:
    assert "0/0" in page_of(write_run(tmp_path, [], complete=False))


def test_no_page_is_left_half_written(tmp_path: Path) -> None:
    folder = write_run(tmp_path, [sample(0)])
    page_of(folder)
    assert not list(folder.glob(".*partial"))
