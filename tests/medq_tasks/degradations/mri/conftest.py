"""Real MR slices."""

from collections.abc import Mapping

import numpy as np
import pytest

from medq_tasks.degradations.spec import Image


def _slice(name: str, side: int) -> Image:
    import pydicom
    from pydicom.data import get_testdata_file
    from skimage.transform import resize

    values = pydicom.dcmread(get_testdata_file(name)).pixel_array.astype(np.float32)
    values = values[0] if values.ndim == 3 else values
    small = resize(values, (side, side), anti_aliasing=True) if values.shape[0] > side else values
    low, high = np.percentile(small, [0.5, 99.7])
    return np.clip((small - low) / (high - low), 0, 1).astype(np.float32)


@pytest.fixture(scope="session")
def slices() -> Mapping[str, Image]:
    """A shoulder and an abdomen of 192 px, a head of 64 px, and the abdomen cut to 150 x 192, in [0, 1]."""
    abdomen = _slice("MR-SIEMENS-DICOM-WithOverlays.dcm", 192)
    return {
        "abdomen": abdomen,
        "shoulder": _slice("MR2_UNCI.dcm", 192),
        "head": _slice("emri_small.dcm", 64),
        "wide": np.ascontiguousarray(abdomen[20:170]),
    }
