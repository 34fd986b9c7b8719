"""lmms-eval's log of samples as a file of answers."""

import json
from pathlib import Path

import pytest

from medq_tasks.errors import DataError
from medq_tasks.lmms.sample_log import main, replay_rows

SEPARATOR = "\u2028"


def log(path: Path, *samples: object) -> Path:
    path.write_text("".join(json.dumps(sample, ensure_ascii=False) + "\n" for sample in samples), encoding="utf-8")
    return path


def test_rows_hold_the_id_and_what_the_model_said(tmp_path: Path) -> None:
    samples = log(
        tmp_path / "s.jsonl",
        {"doc_id": 0, "filtered_resps": f"Good.\nSharp{SEPARATOR}überall.", "n_error": {"id": "a"}},
        {"doc_id": 1, "resps": [["<think>x</think>B"]], "filtered_resps": ["B"], "n_error": {"id": "b"}},
        {"doc_id": 2, "filtered_resps": [""], "n_error": {"id": "c"}},
    )
    assert main([str(samples), str(tmp_path / "out.jsonl")]) == 0
    rows = (tmp_path / "out.jsonl").read_text(encoding="utf-8").rstrip().split("\n")
    assert [json.loads(row) for row in rows] == [
        {"index": "a", "prediction": f"Good.\nSharp{SEPARATOR}überall."},
        {"index": "b", "prediction": "<think>x</think>B"},
        {"index": "c", "prediction": ""},
    ]


@pytest.mark.parametrize("sample", [{"filtered_resps": "x"}, {"n_error": {"id": "a"}}, [1], {"n_error": 1}])
def test_other_logs_are_refused_with_their_line(tmp_path: Path, sample: object) -> None:
    samples = log(tmp_path / "s.jsonl", {"filtered_resps": "x", "n_error": {"id": "a"}}, sample)
    with pytest.raises(DataError, match=r"line 2: expected a sample of a medq task"):
        list(replay_rows(samples))


def test_missing_file_and_wrong_count_end_with_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.jsonl"), str(tmp_path / "out.jsonl")]) == 2
    assert main([]) == 2
    assert "expected two files" in capsys.readouterr().err
