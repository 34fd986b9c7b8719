"""Arguments of `vllm serve` as keywords of `vllm.LLM`, so that engine and server run under the same limits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.settings import ModelSettings
from medq.serving.engine import measured_arguments

FLAG, NEGATED = "--", "no_"


def engine_keywords(
    settings: ModelSettings, hardware: HardwareSettings, *, revision: str | None, gpus: int, seed: int
) -> dict[str, Any]:
    """What `vllm.LLM` is called with: ours as the server gets them, then those of the model and of the user.

    `revision` is the hub's commit, None for weights in a folder. `seed` is the engine's; each request brings its own.
    """
    ours: dict[str, Any] = {
        "model": str(settings.path or settings.id),
        "dtype": hardware.dtype,
        "generation_config": "vllm",
        "tensor_parallel_size": gpus,
        "seed": seed,
    }
    if revision is not None:
        ours |= {"revision": revision, "tokenizer_revision": revision}
    if gpus > 1:
        # All GPUs of a copy are on this machine; inside a Ray task vLLM would otherwise ask Ray for them.
        ours["distributed_executor_backend"] = "mp"
    return ours | keyword_arguments(measured_arguments(settings, hardware))


def keyword_arguments(arguments: Sequence[str]) -> dict[str, Any]:
    """Command-line arguments as keywords: names in snake case, values read as JSON where they are JSON.

    The last one of a name counts, as on the command line. Raises `ConfigError` for one that has no such form.

    >>> keyword_arguments(["--max-model-len", "16384", "--limit-mm-per-prompt", '{"image": 2}'])
    {'max_model_len': 16384, 'limit_mm_per_prompt': {'image': 2}}
    >>> keyword_arguments(["--enforce-eager", "--no-enable-prefix-caching", "--tokenizer-mode=slow"])
    {'enforce_eager': True, 'enable_prefix_caching': False, 'tokenizer_mode': 'slow'}
    """
    found: dict[str, Any] = {}
    rest = list(arguments)
    while rest:
        name, given, value = rest.pop(0).partition("=")
        if not name.startswith(FLAG) or name == FLAG:
            raise ConfigError(
                f"served.vllm_args, hardware.server.args: expected --name value or --flag for hardware=vllm_local, "
                f"got {name!r}; write options in full, or use hardware=vllm"
            )
        key = name.removeprefix(FLAG).replace("-", "_")
        if given or (rest and not rest[0].startswith(FLAG)):
            found[key] = _value(value if given else rest.pop(0))
        elif key.startswith(NEGATED):
            found[key.removeprefix(NEGATED)] = False
        else:
            found[key] = True
    return found


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
