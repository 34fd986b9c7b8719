"""The sample set as its files hold it: rows joined with the record of the picture that they are about."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medq_tasks.sample import sample_files, sample_folder

csv.field_size_limit(2**31 - 1)
Record = dict[str, Any]
Key = tuple[str, str | None, str]


@pytest.fixture(scope="session")
def records() -> dict[Key, Record]:
    """Every picture by its original, degradation and severity."""
    lines = (sample_folder() / "images.jsonl").read_text(encoding="utf-8").splitlines()
    made = [json.loads(line) for line in lines]
    found = {(one["original"], one["degradation"], one["severity"]): one for one in made}
    assert len(found) == len(made)
    return found


@pytest.fixture(scope="session")
def rows() -> Callable[[str, str], list[dict[str, str]]]:
    """The rows of a task and split."""

    def read(task: str, split: str) -> list[dict[str, str]]:
        [path] = sample_files(task, split)
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, dialect="excel-tab"))

    return read


@pytest.fixture(scope="session")
def picture() -> Callable[[Record], Path]:
    """The file of a record."""
    return lambda record: sample_folder() / record["file"]
