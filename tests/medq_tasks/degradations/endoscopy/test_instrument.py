import numpy as np
import pytest


@pytest.mark.parametrize("seed", range(6))
def test_it_comes_in_from_the_border_and_hides_what_lies_behind(seed, run):
    rng = np.random.default_rng(0)
    image = rng.uniform(0.3, 0.6, (160, 200, 3)).astype(np.float32)
    effect = run("endoscopy.instrument", image, 0.9, seed)
    border = np.concatenate([effect.mask[0], effect.mask[-1], effect.mask[:, 0], effect.mask[:, -1]])
    assert border.any()
    other = run("endoscopy.instrument", image[::-1].copy(), 0.9, seed)
    hidden = effect.mask & (np.abs(effect.image - other.image).max(axis=-1) < 1e-6)
    assert hidden.mean() > 0.05


def test_it_reaches_as_deep_as_declared(run):
    image = np.full((200, 200), 0.4, np.float32)
    effect = run("endoscopy.instrument", image, seed=2, length=0.6, width=0.08)
    y, x = np.nonzero(effect.mask)
    assert 0.4 < max(np.ptp(y), np.ptp(x)) / 200 < 0.85
