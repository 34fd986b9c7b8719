import numpy as np
from skimage.measure import label


def test_threads_are_thin_connected_and_darken(run):
    image = np.full((256, 256, 3), 0.85, np.float32)
    effect = run("histopathology.thread", image, count=1, width=0.02)
    assert (effect.image <= image).all()
    assert label(effect.mask, connectivity=2).max() <= 2  # a thread may leave the picture and come back
    assert effect.mask.mean() < 1.6 * 0.02 * 1.4


def test_the_area_of_a_thread_is_its_length_times_its_width_when_all_of_it_is_seen(run):
    image = np.full((300, 300), 0.85, np.float32)
    areas = [run("histopathology.thread", image, seed=s, count=1, width=0.05, length=0.5).mask.mean() for s in range(6)]
    assert np.isclose(max(areas), 0.5 * 0.05 * 0.9, rtol=0.25)
