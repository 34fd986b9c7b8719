"""Images reach lmms-eval's models pixel for pixel."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from medq_tasks.errors import ImageError
from medq_tasks.item import Item
from medq_tasks.lmms import visual
from medq_tasks.lmms.docs import doc_of
from medq_tasks.lmms.items import items_of


class Held:
    """An image in memory."""

    name = "held.png"

    def __init__(self, pixels: np.ndarray) -> None:
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, "PNG")
        self.data = file.getvalue()

    def read(self) -> bytes:
        return self.data


def test_pixels_and_mode_are_those_of_the_file(items_file: Path) -> None:
    item = items_of("perception", "test")[0]
    [shown] = visual.images(doc_of(item, 0))
    original = Image.open(io.BytesIO(item.images[0].read()))
    assert shown.mode == original.mode == "L"
    assert np.array_equal(np.asarray(shown), np.asarray(original))


def test_sixteen_bits_need_a_declared_window(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = Held(np.arange(0, 6000, 100, dtype=np.uint16).reshape(6, 10))
    item = Item("i", "perception", "?", (deep,), split="test")
    monkeypatch.setattr(visual, "whole_item", lambda doc: item)
    with pytest.raises(ImageError, match="window"):
        visual.images(doc_of(item))
    [shown] = visual.images(doc_of(item), {"window": "0,5900"})
    assert (np.asarray(shown).min(), np.asarray(shown).max()) == (0, 255)
