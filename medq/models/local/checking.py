"""What can be known to be wrong with open weights in this process before torch is imported."""

from __future__ import annotations

from pathlib import Path

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.local.classes import ChatClass, chat_class
from medq.models.local.decoding import decoding_of
from medq.models.local.weights import check_folder
from medq.models.settings import LocalSettings, ModelSettings

OURS = ("pretrained", "batch_size", "device", "device_map", "dtype", "attn_implementation", "min_pixels", "max_pixels")


def check_local(settings: ModelSettings, hardware: HardwareSettings | None = None) -> LocalSettings:
    """How these weights run in this process. Raises `ConfigError` where they cannot, with the reason."""
    local = settings.local
    if local is None or local.refused:
        reason = (local and local.refused) or "the model names no class of lmms-eval in model.local.model"
        raise ConfigError(f"model {settings.name}: cannot run in this process: {reason}; use hardware=vllm")
    chat = chat_class(local.model)
    reserved = sorted(set(local.args) & set(OURS))
    if reserved:
        raise ConfigError(f"model.local.args.{reserved[0]}: is set by hardware=..., not here; take it out")
    decoding_of(settings)
    if settings.path is not None:
        _check_type(settings.path, chat)
    if hardware is not None and (hardware.min_pixels or hardware.max_pixels) and not chat.pixel_bounds:
        raise ConfigError(
            f"hardware.min_pixels and max_pixels: the processor of {settings.name} ({chat.name}) has no such bounds; "
            "take them out"
        )
    return local


def _check_type(path: Path, chat: ChatClass) -> None:
    found = check_folder(path).get("model_type")
    if chat.model_types and found not in chat.model_types:
        raise ConfigError(
            f"model.path={path}: expected weights of {' or '.join(chat.model_types)} for lmms-eval's {chat.name}, "
            f"got {found}; choose another model=... or model.local.model=huggingface"
        )
