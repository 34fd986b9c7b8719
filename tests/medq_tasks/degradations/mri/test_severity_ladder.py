"""Every MRI degradation gets worse with severity, on every real slice."""

import numpy as np
import pytest

from medq_tasks.degradations import apply, load_all

IDS = [id_ for id_ in load_all() if id_.startswith("mri.")]
LADDER = (0.2, 0.4, 0.65, 0.9)


@pytest.mark.parametrize("name", ["abdomen", "shoulder", "head", "wide"])
@pytest.mark.parametrize("id_", IDS)
def test_psnr_and_ssim_fall_as_severity_rises(slices, id_, name):
    metas = [apply(id_, slices[name], severity=s, seed=1, modality="mri").meta for s in LADDER]
    psnr, ssim = [m.psnr_db for m in metas], [m.ssim for m in metas]
    assert (np.diff(psnr) < 0).all(), psnr
    assert (np.diff(ssim) < 0).all(), ssim


@pytest.mark.parametrize("id_", IDS)
def test_mild_is_visible_and_severe_is_clearly_worse(slices, id_):
    mild, severe = (apply(id_, slices["abdomen"], level=level, seed=1).meta for level in ("L1", "L2"))
    assert mild.ssim < 0.985 or (mild.affected_area is not None and mild.psnr_db < 36)
    assert severe.psnr_db < mild.psnr_db - 3
