import numpy as np

from medq_tasks.degradations.optics.aperture import field_of_view


def test_inside_the_field_each_channel_keeps_its_mean_and_the_surround_its_bits(run, real_images):
    clean = real_images["fundus"][0]
    seen = field_of_view(clean)
    out = run("fundus.low_contrast", clean, contrast=0.3).image
    assert np.allclose(out[seen].mean(axis=0), clean[seen].mean(axis=0), atol=1e-3)
    assert np.allclose(out[seen].std(axis=0), 0.3 * clean[seen].std(axis=0), rtol=1e-2)
    assert np.array_equal(out[~seen], clean[~seen])
