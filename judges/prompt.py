"""The messages that a judge is asked with: the published rubric, the model's text and the reference.

Two protocols. `paper` sends a real system message and a real user message; each bracket of the rubric keeps its
published words and is followed by the text, fenced and escaped (`judges.fence`). `released` is the form of the released
code: one user message with `#System:` and `#User:` typed into it, and the bare text in the brackets. It is there to
reproduce published numbers and gives the model's text no fence; but here too the template is filled in a single pass,
so the text of one place is never searched for the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from judges.errors import JudgeInputError
from judges.fence import FENCE, quote, unescape
from judges.rubric import REFERENCE_MARK, RESPONSE_MARK, SYSTEM, rubric

Protocol = Literal["paper", "released"]
PROTOCOLS: tuple[Protocol, ...] = ("paper", "released")
NOTE = ", quoted data:\n"
_MARK = re.compile(f"{RESPONSE_MARK}|{REFERENCE_MARK}")
_QUOTED = re.compile(rf"\[({RESPONSE_MARK}|{REFERENCE_MARK}){NOTE}{FENCE}\n(.*?)\n{FENCE}\n\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat: `role` is "system" or "user"."""

    role: Literal["system", "user"]
    content: str


def render(task: str, axis: str, *, response: str, reference: str, protocol: Protocol = "paper") -> tuple[Message, ...]:
    """The messages of one call: system and user in `paper`, a single user message in `released`.

    The same input always gives the same messages. Raises `JudgeInputError` when a text is empty (there is nothing to
    judge) or the task, the axis or the protocol is unknown.
    """
    for name, text in (("response", response), ("reference", reference)):
        if not text.strip():
            raise JudgeInputError(
                f"expected a {name} to judge, got an empty text; leave such rows out of the judge stage"
            )
    texts = {RESPONSE_MARK: response, REFERENCE_MARK: reference}
    template = rubric(task, axis)
    if protocol == "paper":
        filled = _MARK.sub(lambda mark: f"{mark.group()}{NOTE}{quote(texts[mark.group()])}\n", template)
        return (Message("system", SYSTEM), Message("user", filled))
    if protocol == "released":
        filled = _MARK.sub(lambda mark: texts[mark.group()], template)
        return (Message("user", f"#System: {SYSTEM}\n#User: {filled}"),)
    raise JudgeInputError(f"judge.protocol is {protocol!r}; expected one of {', '.join(PROTOCOLS)}")


def read_back(messages: tuple[Message, ...]) -> tuple[str, str]:
    """The response and the reference that a prompt of the `paper` protocol holds, exactly as they were given.

    Raises `JudgeInputError` when the prompt is not one of that protocol.
    """
    found = {match.group(1): match.group(2) for match in _QUOTED.finditer(messages[-1].content)}
    if set(found) != {RESPONSE_MARK, REFERENCE_MARK}:
        raise JudgeInputError("expected a prompt of the paper protocol with two quoted texts, got another one")
    return unescape(found[RESPONSE_MARK]), unescape(found[REFERENCE_MARK])
