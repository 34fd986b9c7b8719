"""What vLLM gives back for one question, as an answer or as the reason why there is none."""

from __future__ import annotations

from typing import Any

from PIL import UnidentifiedImageError

from medq.models.interface import Answer, Failure, Outcome, Request
from medq.models.local.memory import is_out_of_memory
from medq.models.option_logprobs import option_logprobs
from medq.secrets import redact

MESSAGE_CHARS = 400
# By name, and with their heirs: the module that holds them differs between releases.
ENGINE_DEATHS = ("EngineDeadError", "AsyncEngineDeadError")
REFUSALS = ("VLLMValidationError", "VLLMClientError")


def outcome_of(request: Request, output: Any, *, latency_s: float) -> Outcome:
    """The answer in a `RequestOutput`; for letters the most probable one, with the log-probabilities of all."""
    made = output.outputs[0]
    text, notes = made.text, {}
    if request.letters:
        found = option_logprobs(_first_token(made), request.letters)
        if found is None:
            return Failure("protocol", "vLLM gave no log-probabilities; use task.scoring=generate", permanent=True)
        notes = {"option_logprobs": dict(found.known), "option_logprob_bound": found.bound}
        text = max(found.known, key=lambda letter: found.known[letter], default=text)
    return Answer(
        text=text,
        finish_reason=made.finish_reason,
        latency_s=latency_s,
        tokens_in=None if output.prompt_token_ids is None else len(output.prompt_token_ids),
        tokens_out=len(made.token_ids),
        notes=notes,
    )


def failure_of(error: BaseException) -> Failure:
    """A question that vLLM did not take (too long, an image that it cannot open), or that failed in it."""
    if isinstance(error, ValueError | UnidentifiedImageError) or _is_named(error, REFUSALS):
        kind = "request"
    else:
        kind = "memory" if is_out_of_memory(error) else "internal"
    return Failure(kind, reason_of(error), permanent=True)


def is_engine_death(error: BaseException) -> bool:
    """Whether no further question can be answered by this engine."""
    return not isinstance(error, Exception) or _is_named(error, ENGINE_DEATHS)


def reason_of(error: BaseException) -> str:
    """The exception in one line."""
    line = " ".join(f"{type(error).__name__}: {error}".split())
    return redact(line if len(line) <= MESSAGE_CHARS else f"{line[: MESSAGE_CHARS - 1]}…")


def _is_named(error: BaseException, names: tuple[str, ...]) -> bool:
    return any(kind.__name__ in names for kind in type(error).__mro__)


def _first_token(made: Any) -> list[dict[str, Any]]:
    """The first token and its alternatives as a server reports them; of two that are spelled alike the likelier one."""
    if not made.logprobs:
        return []
    listed = made.logprobs[0]
    top: dict[str, float] = {}
    for one in sorted(listed.values(), key=lambda found: -found.logprob):
        if one.decoded_token is not None:
            top.setdefault(one.decoded_token, one.logprob)
    return [{"top": top}] if top else []
