"""Prompts as versioned text files with named places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from medq_tasks.errors import InputError
from medq_tasks.item import Option

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class PromptFile:
    """A folder of prompt versions, one text file each (`paper.txt`); `{name}` marks a place."""

    folder: Path

    def versions(self) -> tuple[str, ...]:
        """The versions that there are, by name."""
        return tuple(sorted(file.stem for file in self.folder.glob("*.txt")))

    def render(self, version: str, **places: str) -> str:
        """The prompt with every place filled once; what is filled in is text and never a place itself.

        The line end that closes the file is not part of it. Raises `InputError` for a version that does not exist.
        """
        return _PLACE.sub(lambda place: places[place[1]], _read(self.folder / f"{version}.txt", self.versions()))


def option_lines(options: tuple[Option, ...]) -> str:
    """The options one a line as `A. text`."""
    return "\n".join(f"{option.letter}. {option.text}" for option in options)


@cache
def _read(file: Path, versions: tuple[str, ...]) -> str:
    if file.stem not in versions:
        raise InputError(f"prompt version {file.stem!r}: expected one of {', '.join(versions)}; set task.prompt")
    return file.read_text(encoding="utf-8").removesuffix("\n")
