"""The kind and size of an image from its first bytes, and whether the file is whole, without decoding it."""

from __future__ import annotations

from collections.abc import Callable

from medq_tasks.errors import ImageError
from medq_tasks.images import bmp, dicom, gif, jpeg, nifti, png, tiff, webp
from medq_tasks.images.info import ImageInfo, limited

FORMATS = ("png", "jpeg", "webp", "gif", "bmp", "tiff", "dicom", "nifti")
_KINDS: tuple[tuple[Callable[[bytes, str], bool], Callable[[bytes, str], ImageInfo]], ...] = (
    (lambda data, _: data.startswith(png.SIGNATURE), png.probe_png),
    (lambda data, _: data.startswith(jpeg.SIGNATURE), jpeg.probe_jpeg),
    (lambda data, _: data.startswith(gif.SIGNATURES), gif.probe_gif),
    (lambda data, _: webp.is_webp(data), webp.probe_webp),
    (lambda data, _: data.startswith(b"BM"), bmp.probe_bmp),
    (dicom.is_dicom, dicom.probe_dicom),
    (lambda data, _: data.startswith(tiff.SIGNATURES), tiff.probe_tiff),
    (lambda data, _: nifti.is_nifti(data), nifti.probe_nifti),
)
_CHECKS = {
    "png": png.check_png,
    "jpeg": jpeg.check_jpeg,
    "gif": gif.check_gif,
    "webp": webp.check_webp,
    "bmp": bmp.check_bmp,
}


def probe(data: bytes, name: str) -> ImageInfo:
    """Format, size, depth and channels. `name` stands in messages, and tells DICOM without a preamble by its ending.

    Raises `ImageError` for an unknown format, a header that is cut off, and more than `MAX_PIXELS` pixels.
    """
    return limited(_probe(data, name), name)


def check_structure(data: bytes, info: ImageInfo, name: str) -> None:
    """Raises `ImageError` for a file that is cut off or whose parts do not fit together.

    PNG is checked to its last checksum, JPEG, GIF, WebP and BMP to their ends; TIFF, DICOM and NIfTI are always
    decoded before they are sent, and so are not checked here.
    """
    check = _CHECKS.get(info.format)
    if check:
        check(data, name)


def _probe(data: bytes, name: str) -> ImageInfo:
    for fits, probe_format in _KINDS:
        if fits(data, name):
            return probe_format(data, name)
    begins = f"{len(data)} bytes that begin with {data[:8]!r}" if data else "an empty file"
    raise ImageError(f"{name}: expected an image ({', '.join(FORMATS)}), got {begins}; convert or replace it")
