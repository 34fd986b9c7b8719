"""Answers made elsewhere, read from a file and scored here."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from medq.errors import ConfigError
from medq.models.interface import Answer, Failure, Outcome, Request

INDEX = ("index", "id")
PREDICTION = ("prediction", "response")
SHOWN = 5


class Replay:
    """Gives back the `prediction` (or `response`) that a jsonl, tsv, csv or xlsx file has for an item's `index`.

    An item without a row is a failure of that item, so it is counted and never scored. `unmatched` lists the
    indexes of the file that no item asked for. Raises `ConfigError` for a file that cannot be read, lacks the columns
    or holds an index twice with different answers.
    """

    concurrency = 1
    chunk = 64

    def __init__(self, path: Path) -> None:
        self._answers = read_predictions(path)
        self._asked: set[str] = set()
        self._missing: dict[str, None] = {}
        self.identity: Mapping[str, Any] = {"kind": "replay", "sha256": _digest(self._answers)}

    async def answer(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        """The stored text of each item; cells that say None or nan are text."""
        return [self._one(request) for request in requests]

    async def close(self) -> None:
        """Nothing to end."""

    def look_back(self, asked: Iterable[tuple[str, int, Outcome | None]]) -> None:
        """Has the notes be on these questions, whoever answered them."""
        self._asked, self._missing = set(), {}
        for item, sample, _ in asked:
            self._key(item, sample)

    def notes(self) -> list[str]:
        """What the user must know of rows and items that did not meet; one line each, none before a question."""
        if not self._asked:
            return []
        unknown = [index for index in self._answers if index not in self._asked]
        lines = [
            (self._missing, "items have no row in the file"),
            (unknown, "rows of the file belong to no item asked"),
        ]
        return [f"replay: {len(ids)} {what}: {_some(ids)}" for ids, what in lines if ids]

    def _one(self, request: Request) -> Outcome:
        key = self._key(request.item.id, request.sample)
        if key not in self._answers:
            return Failure("replay", f"no answer for index {key!r} in the replayed file", permanent=True)
        return Answer(self._answers[key])

    def _key(self, item: str, sample: int) -> str:
        index = _vote(item, sample)
        key = index if index in self._answers or sample else item
        self._asked.add(key)
        if key not in self._answers:
            self._missing[key] = None
        return key


def read_predictions(path: Path) -> dict[str, str]:
    """The text by index. A row's optional column `sample` numbers its vote."""
    readers = {".jsonl": _jsonl, ".tsv": _separated, ".csv": _separated, ".xlsx": _xlsx}
    if path.suffix.lower() not in readers:
        raise ConfigError(f"model.path={path}: expected .jsonl, .tsv, .csv or .xlsx, got {path.suffix or 'no suffix'}")
    if not path.is_file():
        raise ConfigError(f"model.path={path}: there is no such file; give the file with the answers")
    answers: dict[str, str] = {}
    for number, row in readers[path.suffix.lower()](path):
        index = _vote(_field(row, INDEX, path, number), int(row.get("sample") or 0))
        text = _field(row, PREDICTION, path, number)
        if answers.setdefault(index, text) != text:
            raise ConfigError(f"{path}: row {number}: index {index!r} stands twice with different answers")
    return answers


def _vote(index: str, sample: int) -> str:
    return f"{index}#{sample}" if sample else index


def _field(row: Mapping[str, Any], names: Sequence[str], path: Path, number: int) -> str:
    for name in names:
        if name in row:
            return _text(row[name])
    raise ConfigError(f"{path}: row {number}: expected a column {' or '.join(names)}, got {', '.join(map(str, row))}")


def _text(value: object) -> str:
    if value is None:
        return ""
    # Spreadsheets keep whole numbers as floats: the index 17 comes back as 17.0.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _jsonl(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise ConfigError(f"{path}: row {number}: expected a JSON object, got {line[:40]!r}") from error
            yield number, row


def _separated(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in (reader := csv.DictReader(lines, delimiter="\t" if path.suffix.lower() == ".tsv" else ",")):
            yield reader.line_num, row


def _xlsx(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError) as error:
        raise ConfigError(f"model.path={path}: expected an .xlsx workbook, got another format") from error
    sheet = book.worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    header = [str(cell) for cell in next(rows, ())]
    yield from ((number, dict(zip(header, row, strict=False))) for number, row in enumerate(rows, 2))
    book.close()


def _digest(answers: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()


def _some(ids: Iterable[str]) -> str:
    listed = list(ids)
    more = f" and {len(listed) - SHOWN} more" if len(listed) > SHOWN else ""
    return ", ".join(listed[:SHOWN]) + more
