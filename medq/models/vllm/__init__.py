"""Open weights in vLLM's engine inside this process (`hardware=vllm_local`); it is imported when it loads them."""

from __future__ import annotations

from medq.models.vllm.checking import check_installed
from medq.models.vllm.model import VllmModel

__all__ = ["VllmModel", "check_installed"]
