import numpy as np


def test_the_grey_falls_by_the_declared_decibels_below_a_brighter_reflector(run):
    image = np.full((200, 240), 0.7, np.float32)
    effect = run("ultrasound.shadow", image, loss_db=18.0, width=0.3, dynamic_range_db=60.0)
    assert np.isclose((0.7 - effect.image).max(), 18 / 60, atol=0.01)
    assert effect.image.max() > 0.8
    columns = np.nonzero(effect.mask.any(axis=0))[0]
    middle = (columns[0] + columns[-1]) // 2
    rows = np.nonzero(effect.mask[:, middle])[0]
    assert rows[-1] == 199
    assert rows[0] > 10
    assert effect.image[rows[0] : rows[0] + 12, middle].max() > 0.75


def test_echoes_in_the_shadow_are_weakened_not_replaced(run, real_images):
    clean = real_images["ultrasound"][1]
    effect = run("ultrasound.shadow", clean, loss_db=6.0)
    deep = effect.mask & (effect.image > 0) & (effect.image < clean)
    assert np.corrcoef(effect.image[deep], clean[deep])[0, 1] > 0.9
