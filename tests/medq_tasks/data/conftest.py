"""Small files of items for the tests of the loaders."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

Rows = Sequence[Sequence[str]]
WriteTsv = Callable[..., Path]


def png(seed: int = 0, *, mode: str = "RGB", size: tuple[int, int] = (12, 9)) -> bytes:
    """A small PNG of random pixels; `I;16` gives a 16-bit one."""
    rng = np.random.default_rng(seed)
    width, height = size
    if mode == "I;16":
        image = Image.fromarray(rng.integers(0, 65536, (height, width), dtype=np.uint16))
    else:
        channels = len(mode)
        image = Image.fromarray(rng.integers(0, 256, (height, width, channels), dtype=np.uint8).squeeze(), mode)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def image() -> Callable[..., bytes]:
    """Makes the bytes of a small PNG."""
    return png


@pytest.fixture
def cell() -> Callable[..., str]:
    """Makes a base64 cell from bytes, or from a seed."""

    def encode(content: bytes | int = 0) -> str:
        data = png(content) if isinstance(content, int) else content
        return base64.b64encode(data).decode()

    return encode


@pytest.fixture
def write_tsv(tmp_path: Path) -> WriteTsv:
    """Writes a header and rows exactly as given: quoting is the test's own business."""

    def write(header: str, *rows: Sequence[str], name: str = "medqbench_QA_test.tsv", end: str = "\n") -> Path:
        path = tmp_path / name
        lines = [header.replace(" ", "\t"), *("\t".join(row) for row in rows)]
        path.write_bytes("".join(line + end for line in lines).encode())
        return path

    return write
