"""What the server needs of a dialect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from medq.faultserver.prompt import Prompt


@dataclass(frozen=True, slots=True)
class Completion:
    """An answer before it is written in a dialect.

    `finish` is "stop", "length" or "content_filter". `model` is the id that the answer claims to come from. `soft`
    names the fault inside it, None for a sound one.
    """

    prompt: Prompt
    text: str
    finish: str = "stop"
    model: str = ""
    soft: str | None = None

    @property
    def tokens_in(self) -> int:
        """Words of the prompt and 100 for each image: a fixed rule, no real tokeniser."""
        return len(self.prompt.text.split()) + 100 * len(self.prompt.images)

    @property
    def tokens_out(self) -> int:
        """Words of the answer."""
        return len(self.text.split())


class Dialect(Protocol):
    """One provider's JSON."""

    def read(self, body: Mapping[str, Any], *, model: str | None) -> Prompt:
        """The prompt in a request body; `model` is the id in the address, for dialects that put it there.

        Raises KeyError, TypeError or ValueError on a body that is not of the dialect.
        """

    def write(self, completion: Completion) -> dict[str, Any]:
        """The response body of an answer."""

    def error(self, *, status: int, message: str, code: str | None = None) -> dict[str, Any]:
        """The response body of an error."""
