"""Loads open weights through one of lmms-eval's chat classes, as the configuration says and not as the class does.

The classes fix bfloat16, read video libraries at import and ask accelerate how many processes there are. Each of these
is set right from outside while the class is constructed; its code is run as it is.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any
from unittest.mock import patch

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.local.classes import chat_class
from medq.models.local.processor import ImageOnly, pixel_bounds
from medq.models.local.quiet import NoBar, quiet
from medq.models.local.surroundings import no_video_library, one_process, weights_as_configured
from medq.models.local.watching import OneAtATime, Watched
from medq.models.settings import LocalSettings


@dataclass(frozen=True, slots=True)
class Loaded:
    """An instance of the class, its torch module and its processor under observation."""

    lm: Any
    model: Any
    processor: Watched

    @property
    def tokenizer(self) -> Any:
        """The tokenizer, one thread at a time."""
        return self.lm.tokenizer

    def free(self) -> None:
        """Gives the memory of the weights back at once, whoever still refers to the module."""
        import torch

        for weights in self.model.parameters():
            weights.data = torch.empty(0)
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def load(folder: Path, local: LocalSettings, hardware: HardwareSettings) -> Loaded:
    """The model in `folder`, ready to answer. Raises what lmms-eval, transformers or torch raise where it cannot be."""
    with quiet():
        return _load(chat_class(local.model).name, folder, local, hardware)


def _load(name: str, folder: Path, local: LocalSettings, hardware: HardwareSettings) -> Loaded:
    chat = import_class(name)
    bounds = _bounds(folder, hardware)
    with ExitStack() as changed:
        for module in {importlib.import_module(one.__module__) for one in chat.__mro__ if _is_model(one)}:
            for attribute, value in _replacements(bounds).items():
                if hasattr(module, attribute):
                    changed.enter_context(patch.object(module, attribute, value))
        changed.enter_context(weights_as_configured(hardware))
        changed.enter_context(one_process())
        lm = chat(**_arguments(chat, folder, local, hardware, bounds))
    _keep_replaced(chat)
    return _watched(lm, hardware)


def import_class(name: str) -> Any:
    """lmms-eval's chat class of that name, also where no library that reads video is installed."""
    with quiet(), no_video_library():
        from lmms_eval.models import get_model

        return get_model(name)


def _is_model(one: type) -> bool:
    return one.__module__.startswith("lmms_eval.models.")


def _replacements(bounds: tuple[int, int] | None) -> dict[str, Any]:
    """Names in lmms-eval's modules, and what stands there while a model is built."""
    from transformers import AutoModelForImageTextToText

    return {
        "AutoProcessor": ImageOnly(bounds),
        # The generic class takes this one for every family under transformers 5, and it has no language head.
        "AutoModel": AutoModelForImageTextToText,
    }


def _keep_replaced(chat: type) -> None:
    """What stays replaced, being looked up at each question: no progress bar, no scaling before the processor."""
    module = importlib.import_module(chat.__module__)
    module.tqdm = NoBar  # type: ignore[attr-defined]
    if hasattr(module, "process_vision_info"):
        module.process_vision_info = images_as_they_are  # type: ignore[attr-defined]


def images_as_they_are(
    conversations: list[list[dict[str, Any]]], **_options: Any
) -> tuple[list[Any], None, dict[str, Any]]:
    """In the place of qwen_vl_utils: the images of a chat in order, left to the processor's own resampling."""
    content = [part for messages in conversations for message in messages for part in message["content"]]
    return [part["image"] for part in content if part["type"] == "image"], None, {}


def _bounds(folder: Path, hardware: HardwareSettings) -> tuple[int, int] | None:
    """The bounds in pixels of the model's processor, the configured ones first; None where it has none."""
    own = pixel_bounds(folder)
    if own is None and (hardware.min_pixels or hardware.max_pixels):
        raise ValueError("hardware.min_pixels and max_pixels are given, but its processor has no such bounds")
    return own and (hardware.min_pixels or own[0], hardware.max_pixels or own[1])


def _arguments(
    chat: type,
    folder: Path,
    local: LocalSettings,
    hardware: HardwareSettings,
    bounds: tuple[int, int] | None,
) -> Mapping[str, Any]:
    """The constructor's arguments: one question at a time, since batches are made of held questions."""
    known = inspect.signature(chat).parameters
    device = "cpu" if hardware.device == "cpu" else "cuda"
    spread = hardware.device == "cuda" and hardware.gpus_per_model != 1
    wanted: dict[str, Any] = {"pretrained": str(folder), "batch_size": 1, "device": device}
    wanted["device_map"] = "auto" if spread else device
    optional: dict[str, Any] = {
        "attn_implementation": hardware.attention,
        "trust_remote_code": local.trust_remote_code or None,
    }
    if bounds is not None:
        optional |= {"min_pixels": bounds[0], "max_pixels": bounds[1]}
    wanted |= {name: value for name, value in optional.items() if value is not None and name in known}
    return wanted | local.args


def _watched(lm: Any, hardware: HardwareSettings) -> Loaded:
    model = lm.model.eval()
    placed = set(map(str, getattr(model, "hf_device_map", {}).values()))
    if hardware.device == "cuda" and placed & {"cpu", "disk"}:
        raise ConfigError("the weights do not fit on the GPUs that are visible; use more of them, or hardware=vllm")
    lock = RLock()
    attribute = "processor" if hasattr(lm, "processor") else "_image_processor"
    processor = Watched(getattr(lm, attribute), lock)
    setattr(lm, attribute, processor)
    lm._tokenizer = OneAtATime(lm._tokenizer, lock)
    # Asked for at each question, it would look through every module of the network for wrappers that are not there.
    lm.accelerator.unwrap_model = _not_wrapped
    return Loaded(lm, model, processor)


def _not_wrapped(model: Any) -> Any:
    return model
