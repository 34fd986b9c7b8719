"""Real images to degrade, and a way to run one degradation by itself."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from medq_tasks.degradations.registry import load_all
from medq_tasks.degradations.spec import Effect, Image

SIDE_PX = 192
Run = Callable[..., Effect]


def _fitted(values: np.ndarray[Any, Any]) -> Image:
    from skimage.transform import resize

    scale = SIDE_PX / min(values.shape[:2])
    shape = tuple(round(size * scale) for size in values.shape[:2])
    return np.clip(resize(values, shape, anti_aliasing=True), 0, 1).astype(np.float32)


def _dicom(name: str) -> np.ndarray[Any, Any]:
    import data_store
    import pydicom

    data = pydicom.dcmread(Path(data_store.__file__).parent / "data" / name)
    values = data.pixel_array.astype(np.float64)
    if values.ndim == 3:
        return values / 255.0
    low, high = np.percentile(values, [0.5, 99.5])
    unit = np.clip((values - low) / (high - low), 0, 1)
    return 1.0 - unit if data.PhotometricInterpretation == "MONOCHROME1" else unit


@pytest.fixture(scope="session")
def real_images() -> Mapping[str, tuple[Image, ...]]:
    """Real images by family, 192 px a shorter side; endoscopy and dermoscopy borrow, since no free one is installed."""
    from skimage import data

    tissue, retina = _fitted(data.immunohistochemistry() / 255.0), _fitted(data.retina() / 255.0)
    chest, leg = _fitted(_dicom("RG1_UNCI.dcm")), _fitted(_dicom("RG3_UNCI.dcm"))
    scan = _fitted(_dicom("US1_UNCI.dcm"))
    return {
        "general": (tissue, chest),
        "histopathology": (tissue,),
        "endoscopy": (retina, tissue),
        "fundus": (retina,),
        "xray": (chest, leg),
        "ultrasound": (scan, np.ascontiguousarray(scan[..., 0])),
        "dermoscopy": (tissue,),
    }


@pytest.fixture(scope="session")
def run() -> Run:
    """`run(id, image, severity, seed=7, **overrides)`: the effect with the parameters of that severity."""

    def call(id: str, image: Image, severity: float = 0.5, seed: int = 7, **overrides: Any) -> Effect:
        spec = load_all()[id]
        parameters = {name: curve(severity) for name, curve in spec.curves.items()}
        rng = np.random.Generator(np.random.Philox(key=seed))
        return spec.function(image.copy(), rng, **{**spec.fixed, **parameters, **overrides})

    return call


@pytest.fixture
def noise_image() -> Image:
    """A mid-grey image with texture that stays clear of 0 and 1, 128 x 160."""
    rng = np.random.default_rng(5)
    return rng.uniform(0.3, 0.7, size=(128, 160)).astype(np.float32)
