"""Which of lmms-eval's model classes may answer, and why the others may not: by name, without importing them."""

from __future__ import annotations

from dataclasses import dataclass

from medq.errors import ConfigError


@dataclass(frozen=True, slots=True)
class ChatClass:
    """A class whose source was read for lmms-eval 0.7.3: it hands the image over as it is.

    `model_types` are the values of `model_type` in config.json that it loads, empty for any. `pixel_bounds`:
    processors that it loads take bounds for the number of pixels.
    """

    name: str
    model_types: tuple[str, ...] = ()
    pixel_bounds: bool = False


ALLOWED = {
    one.name: one
    for one in (
        ChatClass("qwen2_5_vl", ("qwen2_5_vl",), pixel_bounds=True),
        ChatClass("internvl_hf", ("internvl",)),
        ChatClass("llava_hf", ("llava", "llava_next", "llava_onevision")),
        ChatClass("huggingface", pixel_bounds=True),
    )
}
JPEG = "it re-encodes every image as JPEG of quality 85, which adds the artefact that is being judged"
SIMPLE = "it is a simple class: it flattens the chat and handles the images itself"
SERVER = "it starts an engine of its own"
API = "it calls a server"
OWN_SCALING = "it scales images by qwen_vl_utils and then forbids the processor to do so"
REFUSED = {
    **dict.fromkeys(("qwen2_vl", "gemma3", "gemma4", "glm4v", "llama4_scout", "claude"), (JPEG, "huggingface")),
    **dict.fromkeys(("qwen3_vl", "qwen3_5", "qwen2_5_omni", "qwen3_omni"), (OWN_SCALING, "huggingface")),
    **dict.fromkeys(("internvl", "internvl2", "internvl3", "internvl3_5"), (SIMPLE, "internvl_hf")),
    **dict.fromkeys(("llava", "llava_onevision", "llava_vid"), (SIMPLE, "llava_hf")),
    **dict.fromkeys(("vllm", "vllm_generate"), (SERVER, "hardware=vllm_local or hardware=vllm")),
    "sglang": (SERVER, "hardware=sglang"),
    **dict.fromkeys(("openai", "async_openai", "litellm", "gemini"), (API, "model=openai_compatible or model=litellm")),
}
UNKNOWN = "its handling of images has not been checked"


def chat_class(name: str | None) -> ChatClass:
    """The class of that name. Raises `ConfigError` for one that may not answer, with the reason and what to use.

    >>> chat_class("gemma3")
    Traceback (most recent call last):
    ...
    medq.errors.ConfigError: model.local.model=gemma3: expected one of qwen2_5_vl, internvl_hf, llava_hf, huggingface; \
this class is refused, because it re-encodes every image as JPEG of quality 85, which adds the artefact that is being \
judged; use huggingface
    """
    if name in ALLOWED:
        return ALLOWED[name]
    known = ", ".join(ALLOWED)
    if name is None:
        raise ConfigError(
            f"model.local.model: expected the class of lmms-eval that loads the weights ({known}), got none"
        )
    reason, instead = REFUSED.get(name.removesuffix("_chat"), (UNKNOWN, "huggingface, or a server with hardware=vllm"))
    raise ConfigError(
        f"model.local.model={name}: expected one of {known}; this class is refused, because {reason}; use {instead}"
    )
