"""The memory that a copy of open weights takes while it answers: the weights exactly, the rest as an allowance."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from medq.hardware import HardwareSettings
from medq.models.settings import ModelSettings
from medq.models.weights import weights_bytes

GIB = 2**30
KIB_PER_GIB = 2**20
BYTES_EACH = {"float32": 4, "bfloat16": 2, "float16": 2}

# Allowances. A device: the context of CUDA or of Python and torch, buffers, and what the image encoder holds.
DEVICE_GIB = {"cuda": 1.5, "cpu": 0.75}
# Keys and values of a token at 2 bytes: Qwen2.5-VL-7B 56 KiB, Llama-3.1-8B 128, Qwen2.5-VL-72B 320, Gemma-3-27B 496.
CACHE_KIB = 100.0  # reached at 10^9 parameters
CACHE_KIB_A_BILLION = 4.0
CACHE_KIB_AT_MOST = 500.0
QUESTION_TOKENS = 4_096  # one question with its images and its answer
SERVER_TOKENS = 16_384  # the catalogue's --max-model-len: a server starts only where one such sequence has room
# What is left of a device's memory for the above: fragmentation in process, the share that the engine takes else.
USABLE = {"process": 0.95, "vllm_local": 0.9, "vllm": 0.9, "sglang": 0.88}
USABLE_MAIN_MEMORY = 0.9


@dataclass(frozen=True, slots=True)
class Need:
    """GiB that a copy takes: `weights`, `question` for each question answered at once, `device` on each device."""

    weights: float
    question: float
    device: float

    def of(self, questions: int, devices: int) -> float:
        """GiB in all, for so many questions at once on so many devices."""
        return self.weights + questions * self.question + devices * self.device


def need(settings: ModelSettings, hardware: HardwareSettings) -> Need | None:
    """What a copy takes on that hardware; None where neither `path` nor `parameters_b` tells its size.

    Weights in `model.path` are counted from their files; else it is all parameters, those of idle experts as well.
    Raises `ConfigError` for a folder without weights.
    """
    each = BYTES_EACH[hardware.dtype]
    if settings.path is not None:
        weights = weights_bytes(settings.path, each)
    elif settings.parameters_b is not None:
        weights = round(settings.parameters_b * 1e9) * each
    else:
        return None
    tokens = QUESTION_TOKENS if hardware.place == "process" else SERVER_TOKENS
    # Attention grows with the active part: experts stand in for the other half of a layer.
    cache_kib = _cache_kib(min(weights / each / 1e9, settings.active_b or inf)) * each / 2
    return Need(weights / GIB, tokens * cache_kib / KIB_PER_GIB, DEVICE_GIB[hardware.device])


def _cache_kib(active_b: float) -> float:
    """KiB of keys and values a token, at 2 bytes a number."""
    return min(CACHE_KIB * min(active_b, 1.0) + CACHE_KIB_A_BILLION * active_b, CACHE_KIB_AT_MOST)
