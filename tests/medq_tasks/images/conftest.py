"""Images in every format that the package reads, made by Pillow, pydicom, nibabel and tifffile."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nibabel as nib
import numpy as np
import pytest
import tifffile
from PIL import Image
from pydicom.data import get_testdata_file

RNG = np.random.default_rng(3)
RGB = RNG.integers(0, 256, (33, 47, 3), dtype=np.uint8)
GREY16 = RNG.integers(0, 65536, (33, 47), dtype=np.uint16)


def encode(pixels: Any, kind: str, **options: Any) -> bytes:
    """Pixels, or a Pillow image, in a file format of Pillow."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def nifti(volume: Any) -> bytes:
    """A NIfTI-1 file of an array."""
    return bytes(nib.Nifti1Image(volume, np.eye(4)).to_bytes())


def tiff(pixels: Any, **options: Any) -> bytes:
    """A TIFF file as tifffile writes it."""
    out = io.BytesIO()
    tifffile.imwrite(out, pixels, **options)
    return out.getvalue()


@pytest.fixture
def dicom() -> Callable[[str], bytes]:
    """The bytes of a real DICOM file of pydicom or pydicom-data."""

    def read(name: str) -> bytes:
        path = get_testdata_file(name, download=False)
        assert isinstance(path, str), name
        return Path(path).read_bytes()

    return read


@pytest.fixture
def rgb() -> Any:
    """Random colour pixels, (33, 47, 3) uint8."""
    return RGB


@pytest.fixture
def grey16() -> Any:
    """Random grey pixels, (33, 47) uint16."""
    return GREY16


@pytest.fixture
def files() -> dict[str, bytes]:
    """One whole 8-bit file of each format that has a structure check."""
    return {
        "png": encode(RGB, "PNG"),
        "jpeg": encode(RGB, "JPEG"),
        "webp": encode(RGB, "WEBP"),
        "gif": encode(RGB, "GIF"),
        "bmp": encode(RGB, "BMP"),
        "tiff": encode(RGB, "TIFF"),
    }


@pytest.fixture
def write() -> Callable[..., bytes]:
    """`encode`."""
    return encode


@pytest.fixture
def write_nifti() -> Callable[..., bytes]:
    """`nifti`."""
    return nifti


@pytest.fixture
def write_tiff() -> Callable[..., bytes]:
    """`tiff`."""
    return tiff
