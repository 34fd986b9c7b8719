"""Streams that depend on seed, image and degradation, and on nothing else."""

import numpy as np

from medq_tasks.degradations.stream import array_sha256, stream


def _draw(**changed):
    key = {"seed": 7, "image_sha256": "ab", "id": "ct.low_dose", **changed}
    return stream(**key).standard_normal(8).tolist()


def test_the_same_key_draws_the_same_numbers():
    assert _draw() == _draw()


def test_seed_image_and_id_each_give_other_numbers():
    draws = [_draw(), _draw(seed=8), _draw(image_sha256="ac"), _draw(id="ct.ring")]
    assert len({tuple(draw) for draw in draws}) == 4


def test_the_hash_tells_dtype_shape_and_values_apart():
    zeros = np.zeros((4, 6), np.uint8)
    other = zeros.copy()
    other[3, 5] = 1
    hashes = {array_sha256(a) for a in (zeros, zeros.T, zeros.astype(np.uint16), other)}
    assert len(hashes) == 4


def test_the_hash_does_not_depend_on_memory_layout():
    image = np.arange(24, dtype=np.float32).reshape(4, 6)
    assert array_sha256(np.asfortranarray(image)) == array_sha256(image)
