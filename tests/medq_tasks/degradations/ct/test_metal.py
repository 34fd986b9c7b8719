"""Metal: placed in the body, starving rays, changing only rays that it crosses."""

import numpy as np
import pytest

from medq_tasks.degradations import apply
from medq_tasks.degradations.ct.attenuation import open_slice
from medq_tasks.degradations.ct.metal import Implant, place_implants
from medq_tasks.errors import DegradationError


def test_the_metal_is_bright_where_the_facts_say(slices):
    meta = (result := apply("ct.metal", slices["abdomen"], level="L2", seed=2)).meta
    for implant in meta.facts["implants"]:
        assert result.image[round(implant["row"]), round(implant["column"])] > 0.95


def test_centres_lie_in_the_body_and_do_not_move_with_severity(slices):
    centres = []
    for level in ("L1", "L2"):
        facts = apply("ct.metal", slices["abdomen"], level=level, seed=2).meta.facts
        centres.append([(i["row"], i["column"]) for i in facts["implants"]])
        assert all(slices["abdomen"][round(r), round(c)] > 0.2 for r, c in centres[-1])
    assert centres[0] == centres[1]


def test_larger_metal_starves_more_rays(slices):
    shares = [
        apply("ct.metal", slices["abdomen"], params={"diameter_mm": d}, seed=2).meta.facts["starved_share"]
        for d in (4.0, 12.0, 25.0)
    ]
    assert shares[0] < shares[1] < shares[2]


def test_iron_streaks_more_than_titanium_and_titanium_more_than_aluminium(slices):
    image = slices["abdomen"]
    psnr = [
        apply("ct.metal", image, params={"diameter_mm": 10.0, "material": m}, seed=2).meta.psnr_db
        for m in ("iron", "titanium", "aluminium")
    ]
    assert psnr[0] < psnr[1] < psnr[2]


def test_the_area_of_an_implant_is_that_of_an_ellipse():
    drawn = Implant(row=40, column=44, long_px=12, short_px=7, angle_rad=0.6).drawn(96)
    assert drawn.sum() == pytest.approx(np.pi * 12 * 7, rel=0.03)


def test_implants_find_a_place_in_an_image_without_a_body():
    slice_ = open_slice(np.zeros((32, 32), np.float32), window_hu=(-1000, 1000), pixel_mm=1)
    assert len(place_implants(slice_, 3, 4.0, np.random.default_rng(0))) == 3


def test_an_unknown_metal_is_refused(slices):
    with pytest.raises(DegradationError, match="material must be one of"):
        apply("ct.metal", slices["chest"], level="L1", params={"material": "gold"}, seed=1)
