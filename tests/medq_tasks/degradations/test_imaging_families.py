"""What every degradation of light, sound and X-rays keeps to, on real images."""

import numpy as np
import pytest

from medq_tasks.degradations.fidelity import psnr, ssim
from medq_tasks.degradations.registry import load_all

FAMILIES = ("dermoscopy", "endoscopy", "fundus", "general", "histopathology", "ultrasound", "xray")
IDS = [id for id in load_all() if id.split(".")[0] in FAMILIES]
LOCAL = [id for id in IDS if load_all()[id].local]
SEVERITIES = (0.1, 0.25, 0.4, 0.65, 0.9)


def test_the_families_hold_fifty_degradations():
    assert len(IDS) >= 50


@pytest.mark.parametrize("seed", [7, 20])
@pytest.mark.parametrize("id", [id for id in IDS if id != "general.rotation"])
def test_psnr_and_ssim_fall_as_severity_rises(id, seed, real_images, run):
    for clean in real_images[id.split(".")[0]]:
        images = [run(id, clean, severity, seed).image for severity in SEVERITIES]
        fidelities = [psnr(clean, image) for image in images]
        likenesses = [ssim(clean, image) for image in images]
        assert all(np.diff(fidelities) < 0), fidelities
        assert all(np.diff(likenesses) < 0), likenesses


@pytest.mark.parametrize("id", IDS)
def test_mild_is_visible_and_severe_clearly_worse(id, real_images, run):
    for clean in real_images[id.split(".")[0]]:
        mild, severe = (psnr(clean, run(id, clean, severity).image) for severity in (0.4, 0.9))
        assert mild < 41
        assert severe < 31
        assert severe < mild or id == "general.rotation"


@pytest.mark.parametrize("id", IDS)
def test_any_shape_comes_back_as_float32_in_range(id, run):
    rng = np.random.default_rng(1)
    shapes = [(8, 8, 3), (9, 41, 3), (61, 8, 3)]
    if load_all()[id].colour != "rgb":
        shapes += [(8, 8), (9, 41), (61, 8)]
    for shape in shapes:
        image = rng.random(shape, dtype=np.float32)
        kept = image.copy()
        out = run(id, image, 1.0).image
        assert out.shape == shape
        assert out.dtype == np.float32
        assert out.min() >= 0
        assert out.max() <= 1
        assert np.array_equal(image, kept)


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("id", IDS)
def test_a_constant_image_stays_finite(id, value, run):
    out = run(id, np.full((24, 30, 3), value, dtype=np.float32), 0.9).image
    assert np.isfinite(out).all()


@pytest.mark.parametrize("id", IDS)
def test_the_same_stream_gives_the_same_image(id, real_images, run):
    clean = real_images[id.split(".")[0]][0][:64, :80]
    assert np.array_equal(run(id, clean, 0.6, 3).image, run(id, clean, 0.6, 3).image)


@pytest.mark.parametrize("id", LOCAL)
def test_a_local_artefact_leaves_other_pixels_bit_identical_and_its_area_grows(id, real_images, run):
    for clean in real_images[id.split(".")[0]]:
        areas = []
        for severity in SEVERITIES:
            effect = run(id, clean, severity)
            assert effect.mask.shape == clean.shape[:2]
            assert np.array_equal(effect.image[~effect.mask], clean[~effect.mask])
            areas.append(float(effect.mask.mean()))
            assert effect.facts["affected_area"] == areas[-1]
        assert areas[0] > 0
        assert all(np.diff(areas) >= 0), areas


@pytest.mark.parametrize("id", [id for id in LOCAL if id != "endoscopy.instrument"])
def test_a_milder_local_artefact_lies_inside_the_more_severe_one(id, real_images, run):
    clean = real_images[id.split(".")[0]][0]
    mild, severe = (run(id, clean, severity).mask for severity in (0.4, 0.9))
    assert (mild & ~severe).sum() <= 0.02 * mild.sum()
