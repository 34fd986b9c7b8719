"""Models behind an API inside lmms-eval (`--model medq_litellm --model_args id=openai/NAME,api_base=...`)."""

from __future__ import annotations

from typing import Any

from medq.lmms_model import MedqModel


class MedqLitellm(MedqModel):
    """`option=gpt4o`, or any `id`: of a provider that LiteLLM knows, or of the server at `api_base`."""

    def __init__(self, option: str | None = None, **keys: Any) -> None:
        super().__init__(option=option or ("openai_compatible" if keys.get("api_base") else "litellm"), **keys)
