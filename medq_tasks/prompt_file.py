"""Prompts as versioned text files with named places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from medq_tasks.errors import InputError
from medq_tasks.item import Item, Option

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
        return _PLACE.sub(lambda place: places[place[1]], _read(self, version))


@dataclass(frozen=True, slots=True)
class FixedPrompt:
    """The prompt of a task that asks every item the same, in the benchmark's words, unless the row asks in its own."""

    file: PromptFile
    versions: tuple[str, ...] = ("paper", "released")

    def render(self, item: Item, version: str = "paper") -> str:
        """The prompt of `item`.

        `paper`: the fixed words of appendix A (arXiv 2510.01691). `released`: the `question` of the row where it has
        one, as the released code does, otherwise the fixed words. Raises `InputError` for another version.
        """
        if version not in self.versions:
            raise InputError(f"prompt version {version!r}: expected {' or '.join(self.versions)}; set task.prompt")
        own = item.question.strip() if version == "released" else ""
        return own or self.file.render("paper")


def option_lines(options: tuple[Option, ...]) -> str:
    """The options one a line as `A. text`."""
    return "\n".join(f"{option.letter}. {option.text}" for option in options)


@cache
def _read(prompts: PromptFile, version: str) -> str:
    """The text of one version; read once, for a run renders it tens of thousands of times."""
    if version not in prompts.versions():
        raise InputError(
            f"prompt version {version!r}: expected one of {', '.join(prompts.versions())}; set task.prompt"
        )
    return (prompts.folder / f"{version}.txt").read_text(encoding="utf-8").removesuffix("\n")
