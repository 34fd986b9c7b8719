"""Published figures stand beside official data only, and beside the columns that a run fills."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from analysis.report import write_report
from analysis.run import load_run
from tests.analysis.fake_run import reasoned, sample, write_run

OFFICIAL: dict[str, Any] = {"dataset": {"name": "official", "revision": "r1"}}


def page_of(folder: Path) -> str:
    return write_report([load_run(folder)]).read_text(encoding="utf-8")


def test_published_rows_stand_beside_official_data_only(tmp_path: Path) -> None:
    rows = [sample(number) for number in range(30)]
    official = page_of(write_run(tmp_path / "official", rows, manifest=OFFICIAL))
    own = page_of(write_run(tmp_path / "own", rows))
    assert official.count("published, arXiv 2510.01691") > 10
    assert "82.26" in official
    assert "2510.01691" not in own and "82.26" not in own


def test_published_rows_of_another_split_or_of_mixed_splits_are_not_shown(tmp_path: Path) -> None:
    dev = page_of(write_run(tmp_path / "dev", [sample(number, split="dev") for number in range(9)], manifest=OFFICIAL))
    assert "Table 6" in dev and "Table 1:" not in dev
    mixed = [sample(number, split=("dev", "test")[number % 2]) for number in range(9)]
    assert "Table" not in re.sub(
        r"<script.*", "", page_of(write_run(tmp_path / "m", mixed, manifest=OFFICIAL)), flags=re.S
    )


def test_an_official_judged_run_stands_beside_the_judged_columns(tmp_path: Path) -> None:
    folder = write_run(tmp_path, [reasoned(number) for number in range(9)], task="reasoning", manifest=OFFICIAL)
    text = page_of(folder)
    assert "Reasoning overall" in text and "Yes-or-No</th>" not in text
