"""One question as lmms-eval's classes take it: an instance of a task that holds nothing but this question."""

from __future__ import annotations

from typing import Any

from medq.models.local.turn import Turn

TASK, SPLIT = "medq", "question"


def ask(lm: Any, turn: Turn) -> str:
    """The text that the class's own `generate_until` makes of the question: images first, then the prompt."""
    from lmms_eval.api.instance import Instance, unwrap_generation_output

    request = turn.request
    number = id(turn)
    lm.task_dict.setdefault(TASK, {}).setdefault(SPLIT, {})[number] = turn
    # `until` is given and empty: where it is absent, texts would be cut at the first blank line.
    arguments = (request.prompt, messages, {"max_new_tokens": 1, "temperature": 0, "until": []}, number, TASK, SPLIT)
    metadata = {"task": TASK, "doc_id": number, "repeats": 1}
    try:
        found = lm.generate_until([Instance("generate_until", arguments, 0, metadata)])
    finally:
        del lm.task_dict[TASK][SPLIT][number]
    return str(unwrap_generation_output(found[0])[0])


def messages(turn: Turn) -> list[dict[str, Any]]:
    """The chat of one question."""
    content: list[dict[str, Any]] = [{"type": "image", "url": picture.image} for picture in turn.pictures]
    content.append({"type": "text", "text": turn.request.prompt})
    return [{"role": "user", "content": content}]
