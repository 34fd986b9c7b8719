"""A degraded image written in the format of its source, so that depth, header and geometry survive."""

from __future__ import annotations

import copy
import hashlib
import io
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.degrading.opened import Opened

SUFFIX_OF_LOSSY = ".png"  # JPEG, GIF, BMP and WebP come back as PNG: nothing may be lost twice


def output_suffix(opened: Opened) -> str:
    """What follows the source's full name: nothing where the format stays, `.png` where it changes."""
    return "" if opened.format in {"png", "tiff", "dicom", "nifti"} else SUFFIX_OF_LOSSY


def encode(opened: Opened, stored: npt.NDArray[Any], *, note: str) -> bytes:
    """The bytes of a file with these stored values; the same input gives the same bytes. `note` names the degradation.

    DICOM: uncompressed, derived, one frame, a new instance UID. NIfTI: the one slice, the affine of the source.
    """
    if opened.format == "dicom":
        return _dicom(opened, stored, note)
    if opened.format == "nifti":
        return _nifti(opened, stored)
    if opened.alpha is not None:
        stored = np.dstack([stored, opened.alpha])
    if opened.format == "tiff" or stored.dtype not in {np.dtype(np.uint8), np.dtype(np.uint16)}:
        return _tiff(stored)
    return encode_pixels(stored)


def encode_pixels(stored: npt.NDArray[Any]) -> bytes:
    """The PNG of (H, W) or (H, W, C) pixels, uint8 or uint16; no metadata, the same bytes every time."""
    if stored.dtype == np.uint16 and stored.ndim == 3:
        return _png16(stored)
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(stored)).save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()


def _png16(stored: npt.NDArray[np.uint16]) -> bytes:
    """16-bit colour, which Pillow cannot write: unfiltered lines, PNG specification sections 5 and 9."""
    import struct
    import zlib

    height, width, channels = stored.shape
    kind = {2: 4, 3: 2, 4: 6}[channels]
    lines = stored.astype(">u2").reshape(height, -1).view(np.uint8)
    raw = np.hstack([np.zeros((height, 1), np.uint8), lines]).tobytes()
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 16, kind, 0, 0, 0)),
        (b"IDAT", zlib.compress(raw, 3)),
        (b"IEND", b""),
    )
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + body


def _tiff(stored: npt.NDArray[Any]) -> bytes:
    import tifffile

    buffer = io.BytesIO()
    colour = "rgb" if stored.ndim == 3 and stored.shape[2] >= 3 else "minisblack"
    tifffile.imwrite(buffer, stored, photometric=colour, compression="zlib", metadata=None, software="")
    return buffer.getvalue()


def _dicom(opened: Opened, stored: npt.NDArray[Any], note: str) -> bytes:
    from pydicom.filewriter import dcmwrite
    from pydicom.uid import ExplicitVRLittleEndian, generate_uid

    dataset = copy.deepcopy(opened.dataset)
    colour = stored.ndim == 3
    dataset.SamplesPerPixel = 3 if colour else 1
    dataset.PhotometricInterpretation = "RGB" if colour else ("MONOCHROME1" if opened.inverted else "MONOCHROME2")
    if colour:
        dataset.PlanarConfiguration = 0
    dataset.Rows, dataset.Columns = stored.shape[:2]
    bits = stored.dtype.itemsize * 8
    dataset.BitsAllocated = bits
    if colour:
        dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = bits, bits - 1, 0
    data = np.ascontiguousarray(stored).astype(stored.dtype.newbyteorder("<")).tobytes()
    dataset.PixelData = data + b"\0" * (len(data) % 2)
    dataset["PixelData"].VR = "OB" if dataset.BitsAllocated == 8 else "OW"
    for name in ("NumberOfFrames", "RedPaletteColorLookupTableData", "LossyImageCompressionRatio"):
        if name in dataset:
            delattr(dataset, name)
    dataset.ImageType = ["DERIVED", "SECONDARY"]
    dataset.DerivationDescription = note[:1024]
    identity = hashlib.sha256(dataset.PixelData + note.encode()).hexdigest()
    dataset.SOPInstanceUID = generate_uid(entropy_srcs=[identity, str(opened.dataset.get("SOPInstanceUID", ""))])
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    for _ in dataset.iterall():  # decodes every element, so that big-endian numbers are written the other way round
        pass
    buffer = io.BytesIO()
    dcmwrite(buffer, dataset, implicit_vr=False, little_endian=True, force_encoding=True)
    return buffer.getvalue()


def _nifti(opened: Opened, stored: npt.NDArray[Any]) -> bytes:
    import gzip

    import nibabel

    planes = stored.T
    affine = opened.affine.copy()
    affine[:3, 3] += affine[:3, 2] * opened.frame
    image = nibabel.Nifti1Image(np.ascontiguousarray(planes)[:, :, None], affine)
    raw: bytes = image.to_bytes()
    return gzip.compress(raw, 6, mtime=0) if opened.path.name.endswith(".gz") else raw
