from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from medq_tasks.data.lock import LOCK, Lock, LockedFile, hash_file, read_lock, write_lock
from medq_tasks.errors import DataError


def test_a_lock_is_read_back_as_written(tmp_path: Path) -> None:
    lock = Lock("owner/name", "c" * 40, "main", ("*.tsv",), {"a/b.tsv": LockedFile("d" * 64, 7)})
    write_lock(tmp_path / "new", lock)
    assert read_lock(tmp_path / "new") == lock
    assert [path.name for path in (tmp_path / "new").iterdir()] == [LOCK]


def test_no_lock_is_none_and_a_damaged_one_is_refused(tmp_path: Path) -> None:
    assert read_lock(tmp_path) is None
    for text in ("", "[]", "{}", '{"files": {"a": 3}}'):
        (tmp_path / LOCK).write_text(text)
        with pytest.raises(DataError, match=r"fetched\.json: expected the record of a fetch"):
            read_lock(tmp_path)


def test_a_file_is_hashed_with_its_size(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc" * 1000)
    assert hash_file(tmp_path / "a") == LockedFile(hashlib.sha256(b"abc" * 1000).hexdigest(), 3000)
