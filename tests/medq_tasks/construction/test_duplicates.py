import numpy as np
import pytest
from PIL import Image

from medq_tasks.construction.duplicates import across_splits, fingerprint
from medq_tasks.degradations import apply


def picture(seed: int) -> np.ndarray:
    coarse = np.random.default_rng(seed).integers(0, 255, (8, 8), dtype=np.uint8)
    return np.asarray(Image.fromarray(coarse).resize((128, 128), Image.Resampling.BICUBIC))


def found(first, second, splits=("dev", "test")):
    prints = [fingerprint("a", splits[0], first), fingerprint("b", splits[1], second)]
    return across_splits(prints, maximum_bits=8, minimum_correlation=0.95)


@pytest.mark.parametrize(
    "changed",
    [
        lambda image: image,
        np.rot90,
        lambda image: image[::-1, ::-1],
        lambda image: np.rot90(image[:, ::-1], 3),
        lambda image: np.asarray(Image.fromarray(image).resize((75, 90))),
        lambda image: (image * 0.6 + 40).astype(np.uint8),
        lambda image: np.dstack([image] * 3),
        lambda image: image.astype(np.uint16) * 257,
        lambda image: apply("gaussian_noise", image, level="L1", seed=1).image,
    ],
    ids=["same", "turned", "half turn", "mirrored", "resized", "windowed", "colour", "16 bits", "noisy"],
)
def test_the_same_picture_is_found_across_the_splits(changed):
    [duplicate] = found(picture(1), np.ascontiguousarray(changed(picture(1))))
    assert (duplicate.first, duplicate.second) == ("a", "b")


def test_copies_on_one_side_are_no_fault():
    assert not found(picture(1), picture(1), splits=("dev", "dev"))


def test_a_hundred_different_pictures_give_no_false_alarm():
    prints = [fingerprint(str(seed), "dev" if seed % 2 else "test", picture(seed)) for seed in range(100)]
    assert not across_splits(prints, maximum_bits=8, minimum_correlation=0.95)


def test_constant_pictures_are_compared_without_a_warning():
    assert found(np.zeros((40, 40), np.uint8), np.zeros((40, 40), np.uint8))
