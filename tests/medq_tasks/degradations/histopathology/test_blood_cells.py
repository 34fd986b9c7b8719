import numpy as np


def test_cells_absorb_green_and_blue_more_than_red(run):
    image = np.full((200, 200, 3), 0.9, np.float32)
    effect = run("histopathology.blood_cells", image, 0.7)
    density = -np.log10(effect.image[effect.mask] / 0.9).mean(axis=0)
    assert density[0] < 0.2 * density[1]
    assert density[2] > 0.5 * density[1]


def test_a_lone_cell_has_the_declared_diameter_and_a_pale_middle(run):
    image = np.full((400, 400), 0.9, np.float32)
    for seed in range(30):
        effect = run("histopathology.blood_cells", image, seed=seed, count=1, diameter=0.1)
        rows, columns = np.nonzero(effect.mask)
        if rows.size and min(rows.min(), columns.min()) > 0 and max(rows.max(), columns.max()) < 399:
            break
    size = np.sqrt(4 / np.pi * effect.mask.sum()) / 400
    middle = effect.image[int(rows.mean()), int(columns.mean())]
    assert np.isclose(size, 0.1, rtol=0.3)
    assert middle > effect.image[effect.mask].min() + 0.02
