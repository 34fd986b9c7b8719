"""What the server answers: fixed by the request alone, so that two runs get the same answers."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from medq.faultserver.prompt import Prompt

_OPTION = re.compile(r"^\s*\(?([A-H])[.):]\s+\S", re.MULTILINE)
_LEVELS = ("good", "usable", "reject")
_SIDES = ("first", "second")


def answer_for(prompt: Prompt) -> str:
    """A JSON document where a schema asks for one, a score for a judge, a letter for options, else a conclusion."""
    pick = int.from_bytes(hashlib.sha256(prompt.content.encode()).digest()[:4], "big")
    if prompt.schema is not None:
        return json.dumps(_fill(prompt.schema, pick))
    if "Score:" in prompt.text:
        return f"Score: {pick % 3}"
    if letters := letters_in(prompt):
        return letters[pick % len(letters)]
    if "which image has higher quality" in prompt.text:
        return f"One image shows more noise and blur. The {_SIDES[pick % 2]} image has higher quality."
    return f"The image shows some noise and blur. Overall, the quality of this image is {_LEVELS[pick % 3]}."


def letters_in(prompt: Prompt) -> list[str]:
    """The letters of the options that the prompt offers, each once, in order."""
    return sorted(set(_OPTION.findall(prompt.text)))


def _fill(schema: Mapping[str, Any], pick: int) -> Any:
    """The smallest value that follows `schema`; choices are made by `pick`."""
    if "enum" in schema:
        choices = list(schema["enum"])
        return choices[pick % len(choices)]
    kind = schema.get("type")
    if kind == "object":
        return {name: _fill(inner, pick) for name, inner in schema.get("properties", {}).items()}
    if kind == "array":
        return [_fill(schema.get("items", {}), pick)]
    if kind in ("integer", "number"):
        low, high = int(schema.get("minimum", 0)), int(schema.get("maximum", 2))
        return low + pick % (high - low + 1)
    if kind == "boolean":
        return bool(pick % 2)
    return "a test answer"
