import numpy as np


def test_columns_darken_from_the_probe_down_and_fill_in_with_depth(run):
    image = np.full((240, 300), 0.8, np.float32)
    effect = run("ultrasound.dropout", image, count=3, loss_db=24.0)
    fall = 0.8 - effect.image
    assert fall[0].max() > 1.6 * fall[-1].max()
    assert fall.max() <= 24 / 60 + 1e-6
    assert (effect.mask[0] & effect.mask[-1]).any()


def test_more_columns_are_added_to_the_same_ones(run, noise_image):
    few, many = (run("ultrasound.dropout", noise_image, count=n).mask for n in (2, 8))
    assert not (few & ~many).any()
    assert many.sum() > few.sum()
