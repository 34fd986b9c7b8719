"""A folder of small images in every format."""

import shutil
from pathlib import Path

import numpy as np
import pytest


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ct/, mri/ and histopathology/ with PNG (8, 16, RGB, alpha), TIFF, JPEG, DICOM and NIfTI, and a text file."""
    import nibabel
    import tifffile
    from PIL import Image
    from pydicom.data import get_testdata_file

    root = tmp_path_factory.mktemp("mixed")
    for name in ("ct", "mri", "histopathology"):
        (root / name).mkdir()
    rng = np.random.default_rng(0)
    y, x = np.mgrid[:48, :40]
    grey = (120 * (np.hypot(y - 24, x - 20) < 16) + 40 * rng.random((48, 40))).astype(np.uint8)
    Image.fromarray(grey).save(root / "ct/grey.png")
    Image.fromarray(np.dstack([grey] * 3)).save(root / "ct/rgb.png")
    Image.fromarray(np.dstack([grey, np.full_like(grey, 77)]), "LA").save(root / "mri/alpha.png")
    Image.fromarray(grey.astype(np.uint16) * 16).save(root / "ct/deep.png")
    tifffile.imwrite(root / "mri/deep.tif", grey.astype(np.uint16) * 257)
    Image.fromarray(grey).save(root / "ct/lossy.jpg")
    Image.fromarray(rng.integers(0, 255, (40, 48, 3), dtype=np.uint8)).save(root / "histopathology/tissue.tiff")
    shutil.copy(get_testdata_file("CT_small.dcm"), root / "ct/CT_small.dcm")
    shutil.copy(get_testdata_file("MR_small_bigendian.dcm"), root / "mri/big")
    volume = np.stack([grey.T.astype(np.int16) * 8 - 1000 + 5 * k for k in range(4)], 2)
    nibabel.save(nibabel.Nifti1Image(volume, np.diag([0.9, 0.9, 3, 1])), root / "ct/volume.nii.gz")
    (root / "ct/notes.txt").write_text("not an image")
    return root
