"""An image file opened for degrading: its stored values, how they scale, and what the file says of its acquisition."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.ct.attenuation import ASSUMED_WINDOW_HU
from medq_tasks.degrading.scaling import Scale, extremes, used_bits
from medq_tasks.errors import ImageError

MODALITY_OF_DICOM = {"CT": "ct", "MR": "mri", "US": "ultrasound", "CR": "xray", "DX": "xray", "RG": "xray"} | {
    "MG": "xray", "XA": "xray", "RF": "xray", "OP": "fundus", "OPT": "fundus", "ES": "endoscopy", "SM": "histopathology"
}  # fmt: skip
FULL_HU = (-1024.0, 3071.0)  # 12 bits from air to dense bone


@dataclass(frozen=True, slots=True)
class Opened:
    """One image of a file.

    `stored` (H, W) or (H, W, 3) in the file's type, `alpha` (H, W) where it has one. `frame` counts from 0, of
    `frames`. `slope`, `intercept` turn stored values into HU where `in_hu`. `window` is the file's own, in rescaled
    values. `dataset` is the DICOM header, `affine` and `gzipped` are NIfTI's.
    """

    path: Path
    format: str
    stored: npt.NDArray[Any]
    frame: int = 0
    frames: int = 1
    alpha: npt.NDArray[Any] | None = None
    modality: str | None = None
    pixel_mm: float | None = None
    slope: float = 1.0
    intercept: float = 0.0
    in_hu: bool = False
    inverted: bool = False
    window: tuple[float, float] | None = None
    limits: tuple[float, float] = field(default=(0.0, 255.0))
    dataset: Any = None
    affine: Any = None

    def scale(self, family: str, window: tuple[float, float] | None) -> Scale | None:
        """How the stored values become the unit range for a family of degradations; None for 8 bits as they are.

        A CT degradation of values in HU gets the whole HU range, since it needs the true attenuation. Any other gets
        `window`, else the file's own window, else -500 to 500 HU, else the bits in use, else the extremes.
        """
        if self.stored.dtype == np.uint8 and window is None:
            return None
        if self.in_hu and family == "ct":
            values = self.stored * self.slope + self.intercept
            return self._windowed(
                min(FULL_HU[0], float(values.min())), max(FULL_HU[1], float(values.max())), "HU range"
            )
        declared = ((window, "given"), (self.window, "file"), (ASSUMED_WINDOW_HU if self.in_hu else None, "assumed"))
        for bounds, source in declared:
            if bounds is not None:
                return self._windowed(*bounds, source)
        unsigned = self.stored.dtype == np.uint16 and self.format != "dicom"
        return used_bits(self.stored) if unsigned else extremes(self.stored, *self.limits)

    def parameters(self, family: str, scale: Scale | None) -> dict[str, Any]:
        """What a CT degradation is told of the file: HU of black and white, pixel size. Empty for other families."""
        if family != "ct":
            return {}
        known: dict[str, Any] = {} if self.pixel_mm is None else {"pixel_mm": self.pixel_mm}
        if self.in_hu and scale is not None:
            known["window_hu"] = [v * self.slope + self.intercept for v in (scale.black, scale.white)]
        return known

    def _windowed(self, low: float, high: float, source: str) -> Scale:
        black, white = ((value - self.intercept) / self.slope for value in (low, high))
        if self.inverted:
            black, white = white, black
        return Scale(black, white, *self.limits, source)


def check_finite(opened: Opened) -> None:
    """Raises `ImageError` for stored values that are NaN or infinite."""
    if not np.issubdtype(opened.stored.dtype, np.floating):
        return
    bad = int(opened.stored.size - np.count_nonzero(np.isfinite(opened.stored)))
    if bad:
        raise ImageError(
            f"{opened.path}: expected finite values, got {bad} NaN or infinite of {opened.stored.size}; replace them"
        )


def check_content(opened: Opened) -> None:
    """Raises `ImageError` for an image of one value: it is empty, and has no quality that could be lost."""
    if opened.stored.size > 1 and (opened.stored == opened.stored.flat[0]).all():
        raise ImageError(
            f"{opened.path}: expected an image, got {opened.stored.size} equal values ({opened.stored.flat[0]}); "
            "take the file out, or choose another frame"
        )


def open_frames(path: Path, frame: int | str = "middle") -> list[Opened]:
    """The images of a file that `frame` names: a number from 0, "middle", or "all".

    Raises `ImageError` for a file that cannot be read or decoded, and for a frame that it does not have.
    """
    from medq_tasks.images import probe

    try:
        data = path.read_bytes()
    except OSError as error:
        raise ImageError(f"{path}: expected a readable file, got {error.strerror}") from error
    info = probe(data, str(path))
    one = info.frames // 2 if frame == "middle" else frame
    wanted = range(info.frames) if frame == "all" else [int(one)]
    return [_open(path, data, info.format, index, info.frames) for index in wanted]


def _open(path: Path, data: bytes, format_: str, frame: int, frames: int) -> Opened:
    from medq_tasks.images import open_pixels

    stored = open_pixels(data, str(path), frame=frame)
    limits = _limits(stored)
    if format_ == "dicom":
        return _open_dicom(path, data, stored, frame, frames)
    alpha = None
    if stored.ndim == 3 and stored.shape[2] in {2, 4}:
        alpha, stored = stored[..., -1], stored[..., :-1]
    if stored.ndim == 3 and stored.shape[2] == 1:
        stored = stored[..., 0]
    if format_ == "nifti":
        if stored.ndim == 3:
            raise ImageError(f"{path}: expected a grey NIfTI volume, got colour voxels; export the slice as PNG")
        hu = bool(stored.min() <= -200)
        affine, size = _affine(data)
        return Opened(path, format_, stored, frame, frames, pixel_mm=size, in_hu=hu, limits=limits, affine=affine)
    return Opened(path, format_, np.ascontiguousarray(stored), frame, frames, alpha=alpha, limits=limits)


def _limits(stored: npt.NDArray[Any]) -> tuple[float, float]:
    if np.issubdtype(stored.dtype, np.integer):
        return float(np.iinfo(stored.dtype).min), float(np.iinfo(stored.dtype).max)
    return float("-inf"), float("inf")


def _open_dicom(path: Path, data: bytes, stored: npt.NDArray[Any], frame: int, frames: int) -> Opened:
    from medq_tasks.images.dicom import read_dicom

    dataset = read_dicom(data, str(path))
    photometric = str(dataset.get("PhotometricInterpretation", "MONOCHROME2"))
    if photometric == "PALETTE COLOR":
        from pydicom.pixels import apply_color_lut

        colours = apply_color_lut(stored, dataset)[..., :3]
        stored = colours if colours.dtype == np.uint8 else (colours >> 8).astype(np.uint8)
    bits = int(dataset.get("BitsStored", 8))
    signed = bool(dataset.get("PixelRepresentation", 0))
    limits = (-(2.0 ** (bits - 1)), 2.0 ** (bits - 1) - 1) if signed else (0.0, 2.0**bits - 1)
    modality = str(dataset.get("Modality", ""))
    spacing = dataset.get("PixelSpacing")
    rescaled = "RescaleIntercept" in dataset
    return Opened(
        path,
        "dicom",
        stored,
        frame,
        frames,
        modality=MODALITY_OF_DICOM.get(modality),
        pixel_mm=float(spacing[0]) if spacing else None,
        slope=float(dataset.get("RescaleSlope") or 1),
        intercept=float(dataset.get("RescaleIntercept") or 0),
        in_hu=modality == "CT" and rescaled and stored.ndim == 2,
        inverted=photometric == "MONOCHROME1",
        window=_dicom_window(dataset) if stored.ndim == 2 else None,
        limits=limits,
        dataset=dataset,
    )


def _dicom_window(dataset: Any) -> tuple[float, float] | None:
    centre, width = (_first(dataset.get(name)) for name in ("WindowCenter", "WindowWidth"))
    if centre is None or width is None or width <= 0:
        return None
    return centre - width / 2, centre + width / 2


def _first(value: Any) -> float | None:
    """A DICOM number, the first of several; None for an empty or missing element."""
    if value is None or value == "":
        return None
    return float(value if isinstance(value, int | float | str) else value[0])


def _affine(data: bytes) -> tuple[Any, float]:
    import gzip

    import nibabel

    raw = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    kind = nibabel.Nifti1Image if raw[344:348] == b"n+1\0" else nibabel.Nifti2Image
    image = kind.from_bytes(raw)
    return image.affine, float(image.header.get_zooms()[0])
