"""Real CT slices and an analytic disk."""

from collections.abc import Mapping

import numpy as np
import pytest

from medq_tasks.degradations.spec import Image

SIDE = 192


def _slice(name: str, low: float, high: float) -> Image:
    import pydicom
    from pydicom.data import get_testdata_file
    from skimage.transform import resize

    data = pydicom.dcmread(get_testdata_file(name))
    hu = data.pixel_array.astype(np.float32) * float(data.RescaleSlope) + float(data.RescaleIntercept)
    shape = (SIDE, SIDE) if hu.shape[0] > SIDE else hu.shape
    small = resize(hu, shape, anti_aliasing=True)
    return np.clip((small - low) / (high - low), 0, 1).astype(np.float32)


@pytest.fixture(scope="session")
def slices() -> Mapping[str, Image]:
    """An abdomen, a spine, a chest of 128 px, and the abdomen cut to 150 x 192: windowed, in [0, 1]."""
    abdomen = _slice("explicit_VR-UN.dcm", -500, 500)
    return {
        "abdomen": abdomen,
        "spine": _slice("bad_sequence.dcm", -500, 500),
        "chest": _slice("CT_small.dcm", -500, 500),
        "wide": np.ascontiguousarray(abdomen[:150]),
    }


@pytest.fixture(scope="session")
def disk() -> Image:
    """An anti-aliased disk of radius 60 px round pixel (128, 128) of 256 x 256, value 1."""
    y, x = np.mgrid[:256, :256] - 128
    return np.clip(60 - np.hypot(x, y) + 0.5, 0, 1).astype(np.float32)
