import numpy as np

from medq_tasks.degradations.optics.aperture import field_of_view


def test_the_edge_of_the_field_stays_sharp_and_the_surround_keeps_its_bits(run, real_images):
    clean = real_images["fundus"][0]
    out = run("fundus.defocus", clean, 0.9).image
    seen = field_of_view(clean)
    assert np.array_equal(out[~seen], clean[~seen])
    edge = seen & ~(np.roll(seen, 2, 1) & np.roll(seen, -2, 1) & np.roll(seen, 2, 0) & np.roll(seen, -2, 0))
    assert out[edge].mean() > 0.9 * clean[edge].mean()
    assert (
        np.abs(np.diff(out[60:130, 60:130], axis=0)).mean()
        < 0.5 * np.abs(np.diff(clean[60:130, 60:130], axis=0)).mean()
    )
