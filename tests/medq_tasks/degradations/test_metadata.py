"""Records as plain data."""

import json

import numpy as np
import pytest

from medq_tasks.degradations import Metadata, apply
from medq_tasks.errors import DegradationError

IMAGE = np.random.default_rng(0).integers(0, 255, (32, 40), dtype=np.uint8)


def test_a_record_survives_json():
    meta = apply("mri.spike", IMAGE, level="L1", seed=1).meta
    data = json.loads(json.dumps(meta.to_dict(), allow_nan=False))
    assert Metadata.from_dict(data).to_dict() == meta.to_dict()


def test_a_record_names_versions_hashes_parameters_and_both_scores():
    data = apply("ct.metal", IMAGE, level="L2", seed=1).meta.to_dict()
    assert {"numpy", "scipy", "finufft"} <= set(data["versions"])
    assert data["parameters"]["diameter_mm"] == 9.0 and data["parameters"]["material"] == "iron"
    assert data["psnr_db"] > 0 and data["ssim"] < 1
    assert len(data["input_sha256"]) == len(data["output_sha256"]) == 64


def test_a_local_artefact_tells_the_share_of_pixels_that_it_touches():
    result = apply("mri.susceptibility", IMAGE, level="L2", seed=1)
    assert result.meta.affected_area == pytest.approx(result.mask.mean())


def test_a_record_with_a_missing_key_is_refused():
    data = apply("ct.ring", IMAGE, level="L1", seed=1).meta.to_dict()
    del data["seed"]
    with pytest.raises(DegradationError, match="missing or unknown keys: seed"):
        Metadata.from_dict(data)
