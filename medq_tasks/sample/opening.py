"""Opens an original image of the sample set from the installed package that carries it."""

from __future__ import annotations

import importlib.util
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.errors import DataError
from medq_tasks.sample.catalogue import Opening, Original
from medq_tasks.sample.lumen import render_lumen

Pixels = npt.NDArray[np.uint8]  # (H, W) grey or (H, W, 3) RGB
FOLDERS = {  # importable name and folder of the files inside it, by package
    "pydicom": ("pydicom", "data/test_files"),
    "pydicom-data": ("data_store", "data"),
    "nibabel": ("nibabel", ""),
}
LUMEN_SIDE_PX = 384


def open_original(original: Original) -> Pixels:
    """The undegraded image, (H, W) or (H, W, 3) uint8, at most 512 px a side; the same array every time.

    Raises `DataError` where the package or its file is not installed.
    """
    opening = original.open
    values = _READERS[opening.kind](opening)
    values = _cropped(_to_unit(values, opening), opening)
    values = _fourier_zoomed(_shrunk(values, opening.shrink), opening.fourier_zoom)
    return np.asarray(np.rint(np.clip(values, 0, 1) * 255), np.uint8)


def _read_dicom(opening: Opening) -> npt.NDArray[np.float64]:
    """Modality values of a DICOM file (HU for CT), MONOCHROME1 inverted, palettes and near-grey colour as grey."""
    import pydicom
    from pydicom.pixels import apply_color_lut, pixel_array

    path = _package_file(opening)
    dataset = pydicom.dcmread(path)
    frame: dict[str, Any] = {} if opening.frame is None else {"index": opening.frame}
    stored = pixel_array(path, **frame)
    photometric = dataset.PhotometricInterpretation
    if photometric == "PALETTE COLOR":
        stored = apply_color_lut(stored, dataset) / 257
    values: npt.NDArray[np.float64] = np.asarray(stored, np.float64)
    if values.ndim == 3:
        values = values.mean(axis=-1)
    values = values * float(dataset.get("RescaleSlope") or 1) + float(dataset.get("RescaleIntercept") or 0)
    return -values if photometric == "MONOCHROME1" else values


def _read_nifti(opening: Opening) -> npt.NDArray[np.float64]:
    """One axial slice of a NIfTI volume, turned so that anterior is up."""
    import nibabel

    image = nibabel.load(_package_file(opening))
    z, t = opening.slice or (0, 0)
    return np.rot90(np.asarray(image.dataobj, np.float64)[:, :, z, t])


def _read_skimage(opening: Opening) -> npt.NDArray[np.float64]:
    from skimage import data

    return np.asarray(getattr(data, opening.file)(), np.float64)


def _read_asset(opening: Opening) -> npt.NDArray[np.float64]:
    from PIL import Image

    with files("medq_tasks.sample").joinpath("assets", opening.file).open("rb") as file:
        return np.asarray(Image.open(file).convert("RGB"), np.float64)


def _read_lumen(opening: Opening) -> npt.NDArray[np.float64]:
    return render_lumen(side=LUMEN_SIDE_PX, seed=opening.seed, folds=opening.folds, bend=opening.bend) * 255.0


_READERS = {
    "dicom": _read_dicom,
    "nifti": _read_nifti,
    "skimage": _read_skimage,
    "asset": _read_asset,
    "lumen": _read_lumen,
}


def _package_file(opening: Opening) -> Path:
    module, folder = FOLDERS[opening.package]
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise DataError(f"sample set: expected the package {opening.package} to be installed: pip install -e .")
    path = Path(spec.origin).parent / folder / opening.file
    if not path.is_file():
        raise DataError(f"sample set: {opening.package} holds no {opening.file}; install the version that medq pins")
    return path


def _to_unit(values: npt.NDArray[np.float64], opening: Opening) -> npt.NDArray[np.float64]:
    if opening.window is not None:
        centre, width = opening.window
        centre = -centre if values.max() <= 0 else centre  # MONOCHROME1 was negated
        return np.clip((values - centre) / width + 0.5, 0, 1)
    if opening.percentile is not None:
        return np.clip(values / np.percentile(values, opening.percentile), 0, 1)
    return values / 255


def _cropped(values: npt.NDArray[np.float64], opening: Opening) -> npt.NDArray[np.float64]:
    if opening.crop is None:
        return values
    top, left, height, width = opening.crop
    return values[top : top + height, left : left + width]


def _shrunk(values: npt.NDArray[np.float64], factor: float) -> npt.NDArray[np.float64]:
    """Local means over factor × factor pixels; a factor that is no integer goes through an antialiased resize."""
    if factor == 1:
        return values
    if factor == int(factor):
        from skimage.transform import downscale_local_mean

        step = int(factor)
        rows, columns = (values.shape[0] // step) * step, (values.shape[1] // step) * step
        return np.asarray(downscale_local_mean(values[:rows, :columns], (step, step, 1)[: values.ndim]))
    from skimage.transform import resize

    height, width = (round(side / factor) for side in values.shape[:2])
    return np.asarray(resize(values, (height, width, *values.shape[2:]), anti_aliasing=True))


def _fourier_zoomed(values: npt.NDArray[np.float64], factor: int) -> npt.NDArray[np.float64]:
    """Zero-filled interpolation of an (H, W) image, as MR scanners display a small matrix."""
    if factor == 1:
        return values
    height, width = values.shape
    spectrum = np.fft.fftshift(np.fft.fft2(values))
    pad_y, pad_x = height * (factor - 1) // 2, width * (factor - 1) // 2
    spectrum = np.pad(spectrum, ((pad_y, pad_y), (pad_x, pad_x)))
    return np.real(np.fft.ifft2(np.fft.ifftshift(spectrum))) * factor**2
