import numpy as np
import pytest
from scipy.ndimage import label

from medq_tasks.construction.marking import draw_markers
from medq_tasks.construction.spec import Markers


@pytest.mark.parametrize("shape", [(200, 260), (120, 300, 3)])
@pytest.mark.parametrize("count", [0, 1, 4])
def test_as_many_discs_are_drawn_as_asked_for_apart_and_inside(shape, count):
    grey = np.full(shape, 128, np.uint8)
    drawn = draw_markers(grey, Markers(), count=count, name="a")
    assert (grey == 128).all(), "the image itself was drawn on"
    changed = (drawn != 128).reshape(*shape[:2], -1).any(axis=2)
    assert label(changed)[1] == label((drawn == 255).reshape(*shape[:2], -1).all(axis=2))[1] == count
    assert not changed[[0, -1]].any() and not changed[:, [0, -1]].any()


def test_the_places_are_those_of_the_name():
    grey = np.full((200, 200), 128, np.uint8)
    first, again, other = (draw_markers(grey, Markers(), count=2, name=name) for name in ("a", "a", "b"))
    assert np.array_equal(first, again) and not np.array_equal(first, other)
