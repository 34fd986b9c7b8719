"""Seed questions reworded by a language model behind an OpenAI-compatible endpoint, held within the templates."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from medq_tasks.construction.expansion.checking import Proposal
from medq_tasks.construction.seeds import Seed
from medq_tasks.construction.spec import Expansion
from medq_tasks.environment import use_packaged_prices
from medq_tasks.errors import FetchError

TIMEOUT_S = 60
TOKENS_MAX = 300
INSTRUCTION = (
    "You reword questions about the technical quality of medical images. Keep the quality attribute, the type of the "
    "question and its answer. Never ask about diagnosis, disease, findings or treatment. Use only option texts from "
    "the list given. Reply with one JSON object: "
    '{"question": "...", "options": ["..."], "answer": "..."}'
)


class LanguageModelExpander:
    """Asks a model for a rewording of each seed; every reply is kept, so that no question is paid for twice.

    A reply that cannot be read proposes nothing. An endpoint that fails stops the build with `FetchError`: running it
    again goes on where it stopped. No image and nothing of a patient is sent, only the template's text.
    """

    def __init__(self, expansion: Expansion, journal: Path) -> None:
        self._expansion = expansion
        self._journal = journal
        self._replies = _read(journal)

    def propose(self, seed: Seed) -> Sequence[Proposal]:
        """The readable replies, one an attempt."""
        replies = (self._reply(seed, attempt) for attempt in range(self._expansion.attempts))
        return [proposal for reply in replies if (proposal := _proposal(reply)) is not None]

    def _reply(self, seed: Seed, attempt: int) -> str:
        prompt = _prompt(seed)
        parts = (INSTRUCTION, prompt, self._expansion.model, self._expansion.temperature, seed.variant.file, attempt)
        key = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
        if key not in self._replies:
            reply = self._ask(prompt)
            self._journal.parent.mkdir(parents=True, exist_ok=True)
            with self._journal.open("a", encoding="utf-8") as file:
                file.write("\n" + json.dumps({"key": key, "reply": reply}) + "\n")  # after a line that a kill cut off
            self._replies[key] = reply
        return self._replies[key]

    def _ask(self, prompt: str) -> str:
        use_packaged_prices()
        import litellm
        from openai import OpenAIError

        try:
            answer: Any = litellm.completion(
                model=self._expansion.model,
                api_base=self._expansion.api_base,
                messages=[{"role": "system", "content": INSTRUCTION}, {"role": "user", "content": prompt}],
                temperature=self._expansion.temperature,
                max_tokens=TOKENS_MAX,
                timeout=TIMEOUT_S,
                num_retries=2,
            )
        except OpenAIError as error:
            first = " ".join(str(error).split())[:200]
            where = self._expansion.api_base or "its provider"
            raise FetchError(
                f"expansion: expected an answer of {self._expansion.model} at {where}, got {type(error).__name__}: "
                f"{first}; run the same command again, or set `expansion.mode: template`"
            ) from error
        return str(answer.choices[0].message.content or "")


def _prompt(seed: Seed) -> str:
    return json.dumps(
        {
            "question": seed.text,
            "type": seed.question_type,
            "options": list(seed.options),
            "allowed_options": list(seed.allowed),
            "answer": seed.answer,
        }
    )


def _proposal(reply: str) -> Proposal | None:
    """The JSON object of a reply, also inside a code fence; None where there is none of the right form."""
    start, end = reply.find("{"), reply.rfind("}")
    try:
        found = json.loads(reply[start : end + 1])
        text, options, answer = found["question"], found["options"], found["answer"]
    except (ValueError, KeyError, TypeError):
        return None
    if not (isinstance(text, str) and isinstance(answer, str) and isinstance(options, list)):
        return None
    return Proposal(text.strip(), tuple(str(option) for option in options), answer)


def _read(journal: Path) -> dict[str, str]:
    """The replies kept so far; a last line that a kill cut off is left out."""
    if not journal.is_file():
        return {}
    replies = {}
    for line in journal.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        replies[entry["key"]] = entry["reply"]
    return replies
