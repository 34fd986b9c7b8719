"""All that `medq` prints goes through here: lines and tables, with secrets struck out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from medq.secrets import redact

if TYPE_CHECKING:
    from rich.table import Table

TABLE_WIDTH = 110


def say_error(message: str) -> None:
    """One line on stderr, whatever line breaks the message holds; secrets are struck out."""
    print(f"medq: {redact(' '.join(message.split()))}", file=sys.stderr, flush=True)


def say(message: str) -> None:
    """One line on stdout; a reader that has gone away (`| head`) ends the printing and not the run."""
    try:
        print(redact(message), flush=True)
    except BrokenPipeError:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  it stays open till the end


def say_table(table: Table, *, width: int = TABLE_WIDTH) -> None:
    """A table as wide as the terminal; `width` characters where the output goes elsewhere."""
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else width)
    with console.capture() as captured:
        console.print(table)
    say(captured.get().rstrip())
