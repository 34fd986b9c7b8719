import numpy as np

from medq_tasks.degradations.optics.bubbles import foam


def test_a_bubble_is_touched_inside_only_brighter_towards_the_light():
    image = np.full((200, 200), 0.4, np.float32)
    effect = foam(image, np.array([[0.0, 0.0]]), np.array([0.3]), light=0.0, haze=0.0)
    assert np.isclose(effect.mask.mean(), np.pi * 0.3**2, rtol=0.03)
    assert effect.image[100, 153] > 0.6
    assert effect.image[100, 46] < 0.3


def test_a_bubble_outside_the_image_changes_nothing():
    image = np.full((50, 50), 0.4, np.float32)
    effect = foam(image, np.array([[3.0, 3.0]]), np.array([0.1]), light=0.0, haze=0.1)
    assert np.array_equal(effect.image, image)
