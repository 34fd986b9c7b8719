"""A model's own processor without what reads video and sound, resampling with Pillow on every machine.

Video needs torchvision, which cannot be installed beside a CPU build of torch, and no question has video. Pillow is
what the models' authors trained and evaluated with; torchvision, where it is there, would give slightly other pixels.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PARTS = ("image_processor", "tokenizer")
BACKEND = "pil"
# Their "shortest" and "longest edge" are numbers of pixels of the whole image.
COUNTS_PIXELS = ("Qwen2VL", "Qwen3VL", "Glm4v")
NAMED_IN = ("processor_config.json", "preprocessor_config.json", "tokenizer_config.json")


@dataclass(frozen=True, slots=True)
class ImageOnly:
    """Takes the place of transformers' AutoProcessor in lmms-eval's modules.

    `bounds` are the least and the greatest number of pixels to resample to; None: the model's own.
    """

    bounds: tuple[int, int] | None = None

    def from_pretrained(self, folder: str, **options: Any) -> Any:
        """The processor of the model in `folder`, for text and images. Raises `ValueError` where no class is known."""
        for name in ("revision", "min_pixels", "max_pixels"):
            options.pop(name, None)
        processor = image_only(_class(Path(folder))).from_pretrained(folder, backend=BACKEND, **options)
        if self.bounds is not None:
            images = processor.image_processor
            images.size = type(images.size)(shortest_edge=self.bounds[0], longest_edge=self.bounds[1])
        return processor


def image_only(processor: type) -> Any:
    """A subclass of transformers' processor class that has the parts for text and images alone."""
    return type(processor.__name__, (processor,), {"get_attributes": classmethod(lambda _: list(PARTS))})


def pixel_bounds(folder: Path) -> tuple[int, int] | None:
    """The least and the greatest number of pixels that the model's own processor resamples to; None without bounds."""
    found: dict[str, Any] = {}
    for name in reversed(NAMED_IN):
        held = _read(folder / name)
        found |= held.get("image_processor", held)
    size = dict(found.get("size") or {})
    if str(found.get("image_processor_type", "")).startswith(COUNTS_PIXELS):
        size = {"min_pixels": size.get("shortest_edge"), "max_pixels": size.get("longest_edge")} | size
    least = found.get("min_pixels") or size.get("min_pixels")
    greatest = found.get("max_pixels") or size.get("max_pixels")
    return (int(least), int(greatest)) if least and greatest else None


def _class(folder: Path) -> type:
    import transformers
    from transformers.models.auto.processing_auto import PROCESSOR_MAPPING_NAMES

    named = [_read(folder / name).get("processor_class") for name in NAMED_IN]
    named.append(PROCESSOR_MAPPING_NAMES.get(_read(folder / "config.json").get("model_type", "")))
    for name in named:
        if name and hasattr(transformers, name):
            found: type = getattr(transformers, name)
            return found
    raise ValueError(f"{folder} names no processor that transformers {transformers.__version__} has")


def _read(file: Path) -> dict[str, Any]:
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}
