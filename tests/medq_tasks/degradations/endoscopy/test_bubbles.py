def test_more_bubbles_are_added_to_the_same_ones(run, noise_image):
    few = run("endoscopy.bubbles", noise_image, count=10, radius=0.05).mask
    many = run("endoscopy.bubbles", noise_image, count=80, radius=0.05).mask
    assert not (few & ~many).any()
    assert many.sum() > 2 * few.sum()
