import numpy as np


def test_hairs_are_dark_thin_and_added_one_by_one(run):
    image = np.full((250, 250, 3), 0.75, np.float32)
    few, many = (run("dermoscopy.hair", image, count=n, width=0.01) for n in (4, 25))
    assert (many.image <= image).all()
    assert many.image.min() < 0.3
    assert not (few.mask & ~many.mask).any()
    assert few.mask.mean() < 4 * 1.3 * 0.012


def test_a_hair_thinner_than_a_pixel_fades_instead_of_breaking(run):
    image = np.full((60, 60), 0.75, np.float32)
    sums = [np.log10(0.75 / run("dermoscopy.hair", image, count=6, width=w).image).sum() for w in (0.003, 0.006)]
    assert 1.7 < sums[1] / sums[0] < 3.0
    assert run("dermoscopy.hair", image, count=6, width=0.03).image.min() < 0.3
