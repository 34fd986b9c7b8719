import numpy as np


def test_bubbles_lie_all_over_the_picture_and_the_first_ones_stay(run):
    image = np.full((200, 260), 0.5, np.float32)
    few, many = (run("dermoscopy.gel_bubbles", image, count=n, radius=0.05).mask for n in (10, 100))
    assert not (few & ~many).any()
    quarters = [many[a, b].mean() for a in (slice(100), slice(100, 200)) for b in (slice(130), slice(130, 260))]
    assert min(quarters) > 0.01
