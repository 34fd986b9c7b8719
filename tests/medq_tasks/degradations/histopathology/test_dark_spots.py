import numpy as np


def test_spots_only_darken_by_at_most_their_density(run):
    image = np.full((200, 200), 0.8, np.float32)
    out = run("histopathology.dark_spots", image, 0.9, density=1.0)
    assert (out.image <= image).all()
    assert out.image.min() >= 0.8 * 10 ** (-1.0 * 1.02)
    assert out.image.min() < 0.2


def test_more_spots_are_added_to_the_same_ones(run, noise_image):
    few = run("histopathology.dark_spots", noise_image, count=5, radius=0.04).mask
    many = run("histopathology.dark_spots", noise_image, count=25, radius=0.04).mask
    assert not (few & ~many).any()
    assert many.sum() > few.sum()
