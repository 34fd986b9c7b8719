"""What is set right around lmms-eval while it is imported and a model is built, and put back afterwards."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from types import ModuleType
from typing import Any
from unittest.mock import patch

from medq.hardware import HardwareSettings

# Set by torchrun, Slurm or a batch system: accelerate would then wait for processes that are none of ours.
DISTRIBUTED = ("RANK", "LOCAL_RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT")


@contextmanager
def one_process() -> Iterator[None]:
    """Inside the block accelerate finds this process alone, whatever launched it."""
    with patch.dict(os.environ):
        for variable in DISTRIBUTED:
            os.environ.pop(variable, None)
        yield


@contextmanager
def weights_as_configured(hardware: HardwareSettings) -> Iterator[None]:
    """Inside the block every model of transformers is loaded in the configured type, whatever its caller asks for."""
    import torch
    from transformers import PreTrainedModel

    loads = PreTrainedModel.__dict__["from_pretrained"].__func__

    def from_pretrained(cls: type, *args: Any, **options: Any) -> Any:
        options.pop("torch_dtype", None)
        return loads(cls, *args, **options | {"dtype": getattr(torch, hardware.dtype)})

    with patch.object(PreTrainedModel, "from_pretrained", classmethod(from_pretrained)):
        yield


@contextmanager
def no_video_library() -> Iterator[None]:
    """Inside the block modules that import decord can be imported without it; nothing here reads video."""
    if find_spec("decord") is not None:
        yield
        return
    absent = ModuleType("decord")
    absent.VideoReader = absent.cpu = None  # type: ignore[attr-defined]
    sys.modules["decord"] = absent
    try:
        yield
    finally:
        del sys.modules["decord"]
