"""The images of a document as lmms-eval's models take them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from medq_tasks.images import Window, to_sent
from medq_tasks.lmms.docs import Doc, whole_item

if TYPE_CHECKING:
    from PIL.Image import Image


def images(doc: Doc, lmms_eval_specific_kwargs: Mapping[str, Any] | None = None) -> list[Image]:
    """The images in the order in which they are asked about, decoded from the very bytes that our own loop sends.

    No pixel is changed: no resizing, no conversion, no lossy format. The key `window` of the task's
    `lmms_eval_specific_kwargs` declares the map for images deeper than 8 bits, as `data.window` does in our own loop.
    Raises `ImageError` for an image that cannot be read or needs a window.
    """
    from PIL import Image

    declared = (lmms_eval_specific_kwargs or {}).get("window")
    window = Window.parse(declared) if declared else None
    sent = [to_sent(source.read(), name=source.name, window=window) for source in whole_item(doc).images]
    return [Image.open(io.BytesIO(image.data)) for image in sent]
