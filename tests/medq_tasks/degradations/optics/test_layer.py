import numpy as np

from medq_tasks.degradations.optics.layer import absorb, over


def test_two_layers_absorb_as_the_sum_of_their_densities():
    image = np.full((6, 7, 3), 0.8, np.float32)
    colour = np.float32([0.2, 0.5, 0.9])
    density = np.linspace(0, 1, 42, dtype=np.float32).reshape(6, 7)
    twice = absorb(absorb(image, density, colour).image, 0.5 * density, colour).image
    assert np.allclose(twice, absorb(image, 1.5 * density, colour).image, atol=1e-6)
    assert np.array_equal(absorb(image, density, colour).mask, density > 0)
    od = -np.log10(absorb(image, density, colour).image / image)
    assert np.allclose(od, density[..., None] * colour, atol=1e-5)


def test_the_mask_is_where_something_lies_and_the_rest_keeps_its_bits():
    image = np.random.default_rng(0).random((20, 20), dtype=np.float32)
    opacity = np.zeros((20, 20), np.float32)
    opacity[5:9, 3:8] = 0.5
    effect = over(image, np.float32(1.0), opacity)
    assert np.array_equal(effect.mask, opacity > 0)
    assert np.array_equal(effect.image[opacity == 0], image[opacity == 0])
    assert effect.facts["affected_area"] == 20 / 400
