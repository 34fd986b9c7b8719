"""What is printed: one line an error, no secret, and a reader that leaves early ends nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest
from rich.table import Table

from medq.terminal import TABLE_WIDTH, say, say_error, say_table


def test_an_error_is_one_line_whatever_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    say_error("expected a file,\n  got none")
    assert capsys.readouterr().err == "medq: expected a file, got none\n"


def test_a_secret_is_struck_out_of_lines_and_tables(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = "sk-planted-0123456789abcdef"
    monkeypatch.setenv("OPENAI_API_KEY", key)
    table = Table("setting")
    table.add_row(key)
    say(f"key {key}")
    say_error(f"key {key}")
    say_table(table)
    shown = capsys.readouterr()
    assert key not in shown.out + shown.err
    assert "setting" in shown.out


def test_a_table_that_goes_to_a_file_has_a_fixed_width(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("words")
    table.add_row("word " * 100)
    say_table(table)
    assert max(map(len, capsys.readouterr().out.splitlines())) == TABLE_WIDTH
    say_table(table, width=60)
    assert max(map(len, capsys.readouterr().out.splitlines())) == 60


def test_a_reader_that_has_gone_away_ends_the_printing_and_not_the_program() -> None:
    code = (
        "import os, sys; from medq.terminal import say; os.dup2(os.open(os.devnull, os.O_WRONLY), 2)\n"
        "for _ in range(100000): say('x' * 80)\n"
        "os._exit(7)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.wait(timeout=60) == 7
