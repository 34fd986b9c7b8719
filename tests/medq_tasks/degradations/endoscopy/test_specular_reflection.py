import numpy as np
import pytest


@pytest.mark.parametrize("area", [0.005, 0.02, 0.1])
def test_highlights_at_half_opacity_or_more_cover_the_declared_area(area, run):
    image = np.full((200, 240), 0.3, np.float32)
    out = run("endoscopy.specular_reflection", image, area=area).image
    assert np.isclose((out > 0.3 + 0.5 * 0.65).mean(), area, rtol=0.15)


def test_highlights_are_near_white_and_sit_on_bright_surfaces(run):
    image = np.tile(np.linspace(0.1, 0.8, 200, dtype=np.float32), (200, 1))
    shares = [run("endoscopy.specular_reflection", image, 0.9, seed).mask for seed in range(8)]
    shares = np.mean(shares, axis=(0, 1))
    assert shares[100:].mean() > 1.5 * shares[:100].mean()
    assert run("endoscopy.specular_reflection", image, 0.9).image.max() > 0.98
