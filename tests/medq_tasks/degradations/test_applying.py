"""What `apply` promises for every CT and MRI degradation, on real slices."""

import json
import subprocess
import sys

import numpy as np
import pytest

from medq_tasks.degradations import apply, load_all, replay
from medq_tasks.degradations.stream import array_sha256
from medq_tasks.errors import DegradationError

IDS = [id_ for id_ in load_all() if id_.startswith(("ct.", "mri."))]
RNG = np.random.default_rng(0)
SMOOTH = np.clip(
    np.add.outer(np.sin(np.linspace(0, 3, 64)), np.cos(np.linspace(0, 4, 50))) / 2 + 0.05 * RNG.random((64, 50)), 0, 1
)
IMAGES = {
    "uint8": np.rint(SMOOTH * 255).astype(np.uint8),
    "uint16": np.rint(SMOOTH * 65535).astype(np.uint16),
    "float32": SMOOTH.astype(np.float32),
}
HASH_IN_A_PROCESS = """
import sys, numpy as np
from medq_tasks.degradations import apply
from medq_tasks.degradations.stream import array_sha256
image = np.frombuffer(sys.stdin.buffer.read(), np.float32).reshape(64, 50)
for id_ in reversed(sys.argv[1:]):
    print(id_, array_sha256(apply(id_, image, level="L1", seed=5).image))
"""


@pytest.mark.parametrize("dtype", IMAGES)
@pytest.mark.parametrize("id_", IDS)
def test_severity_zero_returns_the_input_bit_for_bit(id_, dtype):
    result = apply(id_, IMAGES[dtype], severity=0.0, seed=3)
    assert result.image.dtype == IMAGES[dtype].dtype
    assert np.array_equal(result.image, IMAGES[dtype])
    assert result.meta.psnr_db is None and result.meta.ssim == 1.0


@pytest.mark.parametrize("id_", IDS)
def test_the_result_has_the_shape_and_dtype_of_the_input_and_differs_from_it(id_):
    for image in IMAGES.values():
        result = apply(id_, image, level="L2", seed=3)
        assert result.image.shape == image.shape and result.image.dtype == image.dtype
        assert not np.array_equal(result.image, image)


def test_the_input_is_never_written_to():
    for id_ in IDS:
        image = IMAGES["float32"].copy()
        apply(id_, image, level="L2", seed=3)
        assert np.array_equal(image, IMAGES["float32"])


def test_results_depend_neither_on_the_order_nor_on_the_process():
    here = {id_: array_sha256(apply(id_, IMAGES["float32"], level="L1", seed=5).image) for id_ in IDS}
    command = [sys.executable, "-c", HASH_IN_A_PROCESS, *IDS]
    answer = subprocess.run(command, input=IMAGES["float32"].tobytes(), capture_output=True, check=True)
    assert dict(line.split() for line in answer.stdout.decode().splitlines()) == here


@pytest.mark.parametrize("id_", IDS)
def test_a_record_that_went_through_json_replays_the_result_exactly(id_):
    first = apply(id_, IMAGES["uint8"], severity=0.37, seed=11, modality=id_.split(".")[0])
    record = json.loads(json.dumps(first.meta.to_dict(), allow_nan=False))
    again = replay(IMAGES["uint8"], record)
    assert np.array_equal(again.image, first.image)
    assert again.meta.output_sha256 == first.meta.output_sha256 == array_sha256(again.image)


def test_replaying_on_another_image_is_refused():
    meta = apply("ct.ring", IMAGES["uint8"], level="L1", seed=1).meta
    with pytest.raises(DegradationError, match="expected the image"):
        replay(IMAGES["uint8"][::-1].copy(), meta)


def test_a_grey_image_stored_as_rgb_is_degraded_as_grey():
    rgb = np.dstack([IMAGES["uint8"]] * 3)
    result = apply("ct.low_dose", rgb, level="L2", seed=1, modality="ct")
    assert result.meta.stored_as_rgb
    assert result.image.shape == rgb.shape
    assert (result.image == result.image[..., :1]).all()


def test_another_seed_gives_another_image():
    for id_ in IDS:
        if id_ == "ct.beam_hardening":  # draws nothing at random
            continue
        first, second = (apply(id_, IMAGES["float32"], level="L2", seed=seed).image for seed in (1, 2))
        assert not np.array_equal(first, second), id_


def test_every_assumption_about_the_acquisition_is_declared():
    assert "window_hu" in apply("ct.low_dose", IMAGES["uint8"], level="L1", seed=1).meta.assumed
    told = {"window_hu": [-160, 240], "pixel_mm": 0.7}
    meta = apply("ct.low_dose", IMAGES["uint8"], level="L1", params=told, seed=1).meta
    assert "window_hu" not in meta.assumed and "pixel_mm" not in meta.assumed
    assert "phase" in apply("mri.motion", IMAGES["uint8"], level="L1", seed=1).meta.assumed


def test_the_medq_deg_names_of_ct_and_mri_resolve():
    names = {"limited_angle", "sparse_view", "low_dose"}
    assert {apply(n, IMAGES["uint8"], level="L1", seed=1, modality="ct").meta.id.split(".")[0] for n in names} == {"ct"}
    for name in ("bias_field_artifact", "undersampling_artifact", "ghosting_artifact"):
        assert apply(name, IMAGES["uint8"], level="L1", seed=1, modality="mri").meta.id.startswith("mri.")
