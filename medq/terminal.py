"""All that `medq` prints."""

from __future__ import annotations

import sys


def say_error(message: str) -> None:
    """One line on stderr, whatever line breaks the message holds."""
    print(f"medq: {' '.join(message.split())}", file=sys.stderr, flush=True)


def say(message: str) -> None:
    """One line on stdout."""
    print(message, flush=True)
