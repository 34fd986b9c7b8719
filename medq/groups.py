"""The configuration groups and their options, read from the file names alone."""

from __future__ import annotations

import difflib

from medq.paths import CONF

GROUPS = ("task", "model", "judge", "hardware", "data", "logger", "sweep", "experiment")


def options(group: str) -> list[str]:
    """The words that can be typed for a group, in alphabetical order."""
    return sorted(path.stem for path in (CONF / group).glob("*.yaml"))


def describe(group: str, option: str) -> str:
    """What an option file says of itself after the command in its head; Hydra wants its own `@package` line first."""
    lines = (CONF / group / f"{option}.yaml").read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if "python -m medq" in line).partition("            ")[2].strip()


def near(word: str, known: list[str]) -> str:
    """The known words like `word`, or all of them, as a phrase for a message.

    >>> near("perceptoin", ["perception", "reasoning"])
    'did you mean perception?'
    """
    close = difflib.get_close_matches(word, known, n=4)
    return f"did you mean {' or '.join(close)}?" if close else f"there are: {', '.join(known)}"
