"""DICOM pixels as their file, or the user, declares them to be shown in 8 bits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.errors import ImageError
from medq_tasks.images.dicom import decode_dicom, read_dicom, readable
from medq_tasks.images.window import Window, declared_bounds, to_eight_bits

_COMPRESSED_YBR = "1.2.840.10008.1.2.4."  # JPEG families: their YBR to RGB is part of decoding, as for a JPEG file


@dataclass(frozen=True, slots=True)
class Shown:
    """`pixels`: uint8, (H, W) or (H, W, 3). `window`: the map that was applied, None where there was none.

    `lossless`: the pixels are the stored values.
    """

    pixels: npt.NDArray[np.uint8]
    window: dict[str, Any] | None
    lossless: bool


def show_dicom(data: bytes, name: str, *, frame: int, window: Window | None) -> Shown:
    """One frame in 8 bits.

    Grey: modality LUT, then the window, then the inversion of MONOCHROME1. `window` replaces the file's own one for
    images of more than 8 bits, unless it is None or of the kind `dicom`. Raises `ImageError` for a deep image for
    which neither the file nor the user declares a window. Source: DICOM PS3.3 C.11.1, C.11.2, C.7.6.3.
    """
    with readable(name):
        return _show(read_dicom(data, name), name, frame=frame, window=window)


def _show(dataset: Any, name: str, *, frame: int, window: Window | None) -> Shown:
    stored = decode_dicom(dataset, name, frame)
    photometric = str(dataset.get("PhotometricInterpretation", "MONOCHROME2"))
    if photometric == "PALETTE COLOR":
        return _palette(dataset, stored)
    if stored.ndim == 3:
        return _colour(dataset, stored, photometric, window, name)
    values = _modality(dataset, stored)
    deep = int(dataset.get("BitsStored", 8)) > 8 or values.min() < 0 or values.max() > 255
    pixels, record = _grey(dataset, stored, values, name, window=window if deep else None, deep=deep)
    if photometric == "MONOCHROME1":
        pixels, record = 255 - pixels, {**(record or {"low": 0.0, "high": 255.0, "source": "stored"}), "inverted": True}
    return Shown(pixels, record, lossless=bool(np.array_equal(pixels, stored)))


def _grey(
    dataset: Any, stored: npt.NDArray[Any], values: npt.NDArray[Any], name: str, *, window: Window | None, deep: bool
) -> tuple[npt.NDArray[np.uint8], dict[str, Any] | None]:
    if window is None or window.kind == "dicom":
        own = _own_window(dataset, values)
        if own is not None:
            return own
        if not deep:
            return _shallow(values, int(dataset.get("BitsStored", 8)))
        bits = dataset.get("BitsStored")
        declared = f"expected a declared window for {bits}-bit values, the file declares none"
        raise ImageError(f"{name}: {declared}; set data.window to `minmax`, `full` or `LOW,HIGH`")
    if window.kind == "range":
        low, high = float(window.low or 0), float(window.high or 0)
    elif window.kind == "minmax":
        kept = values[~_padding(dataset, stored)]
        low, high = (float(kept.min()), float(kept.max())) if kept.size else (0.0, 0.0)
    else:
        low, high = _full(dataset)
    return to_eight_bits(values, low, high), {"low": low, "high": high, "source": window.kind}


def _own_window(dataset: Any, values: npt.NDArray[Any]) -> tuple[npt.NDArray[np.uint8], dict[str, Any]] | None:
    """The first VOI LUT of the file, otherwise its first window; None where it has none that is valid."""
    if dataset.get("VOILUTSequence"):
        from pydicom.pixels import apply_voi_lut

        table = dataset.VOILUTSequence[0]
        entries, first, bits = (int(entry) for entry in table.LUTDescriptor)
        top = float((1 << bits) - 1)
        shown = apply_voi_lut(values.astype(np.int64), dataset, index=0, prefer_lut=True)
        last = first + (entries or 65536) - 1
        return to_eight_bits(shown, 0, top), {"low": first, "high": last, "source": "dicom VOILUTSequence"}
    centre, width = _first(dataset.get("WindowCenter")), _first(dataset.get("WindowWidth"))
    if centre is None or width is None or width <= 0:
        return None
    function = str(dataset.get("VOILUTFunction") or "LINEAR").upper()
    record = {"low": centre - width / 2, "high": centre + width / 2, "source": f"dicom window, {function}"}
    if function == "SIGMOID":
        curve = 1 / (1 + np.exp(-4 * (values.astype(np.float64) - centre) / width))
        return to_eight_bits(curve, 0, 1), record
    if function == "LINEAR":
        record |= {"low": centre - 0.5 - (width - 1) / 2, "high": centre - 0.5 + (width - 1) / 2}
    return to_eight_bits(values, float(str(record["low"])), float(str(record["high"]))), record


def _first(value: Any) -> float | None:
    if value is None or value == "":
        return None
    return float(value if isinstance(value, int | float | str) else value[0])


def _modality(dataset: Any, stored: npt.NDArray[Any]) -> npt.NDArray[Any]:
    from pydicom.pixels import apply_modality_lut

    return np.asarray(apply_modality_lut(stored, dataset))


def _full(dataset: Any) -> tuple[float, float]:
    """What the stored bits can hold, after the rescale."""
    bits = int(dataset.BitsStored)
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if dataset.get("PixelRepresentation") else (0, (1 << bits) - 1)
    if dataset.get("ModalityLUTSequence"):
        return 0.0, float((1 << int(dataset.ModalityLUTSequence[0].LUTDescriptor[2])) - 1)
    slope, intercept = float(dataset.get("RescaleSlope") or 1), float(dataset.get("RescaleIntercept") or 0)
    ends = sorted((low * slope + intercept, high * slope + intercept))
    return ends[0], ends[1]


def _padding(dataset: Any, stored: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Pixels that only pad the image to a rectangle."""
    value = dataset.get("PixelPaddingValue")
    if value is None:
        return np.zeros(stored.shape, np.bool_)
    limit = dataset.get("PixelPaddingRangeLimit", value)
    low, high = sorted((int(value), int(limit)))
    return np.asarray((stored >= low) & (stored <= high))


def _shallow(values: npt.NDArray[Any], bits: int) -> tuple[npt.NDArray[np.uint8], dict[str, Any] | None]:
    """8-bit values as they are; a mask of fewer bits over the full range, where it would be all but black."""
    if bits >= 8:
        return values.astype(np.uint8), None
    top = float((1 << bits) - 1)
    return to_eight_bits(values, 0, top), {"low": 0.0, "high": top, "source": "full"}


def _palette(dataset: Any, stored: npt.NDArray[Any]) -> Shown:
    """The colours of the palette; of 16-bit entries the high byte, which is all that 8-bit palettes use of them."""
    from pydicom.pixels import apply_color_lut

    colours = apply_color_lut(stored, dataset)[..., :3]
    if colours.dtype == np.uint8:
        return Shown(colours, None, lossless=True)
    high, low = (colours >> 8).astype(np.uint8), (colours & 255).astype(np.uint8)
    whole = not low.any() or bool(np.array_equal(low, high))
    return Shown(high, {"low": 0.0, "high": 65535.0, "source": "dicom palette"}, lossless=whole)


def _colour(dataset: Any, stored: npt.NDArray[Any], photometric: str, window: Window | None, name: str) -> Shown:
    if stored.dtype != np.uint8:
        low, high, source = declared_bounds(stored, window, name)
        return Shown(to_eight_bits(stored, low, high), {"low": low, "high": high, "source": source}, lossless=False)
    syntax = str(dataset.file_meta.TransferSyntaxUID)
    converted = photometric.startswith("YBR") and not syntax.startswith(_COMPRESSED_YBR)
    return Shown(stored, {"source": f"dicom {photometric} to RGB"} if converted else None, lossless=not converted)
