import numpy as np


def test_light_is_only_added_on_a_ring_and_only_inside_the_field(run, real_images):
    clean = real_images["fundus"][0]
    out = run("fundus.halo", clean, 0.9).image
    assert (out >= clean - 1e-6).all()
    added = (out - clean).mean(axis=-1)
    y, x = np.ogrid[-95.5:96, -95.5:96]
    radius = np.hypot(y, x) / 192
    assert added[(radius > 0.35) & (radius < 0.45)].mean() > 4 * added[radius < 0.1].mean()
    assert np.array_equal(out[:4, :4], clean[:4, :4])
